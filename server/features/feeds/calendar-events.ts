// What stands in the calendars: convenings, and the next meetings of groups. Those of which no day is known are left
// out: a month is not a date that somebody could keep free.
import type { CityEntry, Directory } from '../../directory/directory.ts';
import type { Day } from '../../domain/dates.ts';
import type { Convening, PartialDate } from '../../domain/records.ts';
import { cityPath, conveningPath, groupPath, paths } from '../../paths.ts';
import { cityLabel } from '../../web/format.ts';
import { toWebLink } from '../../web/record-words.ts';
import type { Calendar, CalendarEvent } from './calendar.ts';

const isDay = (date: PartialDate | null): date is Day =>
  date !== null && /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(date));

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function conveningEvent(convening: Convening, publicUrl: string): CalendarEvent[] {
  const { slug, name, kind, start, end, place, updatedAt } = convening;
  if (!isDay(start)) return [];
  const website = toWebLink(convening.website);
  return [
    {
      id: `convening-${slug}`,
      name,
      first: start,
      last: isDay(end) && end > start ? end : start,
      place,
      text: website ? `${sentenceCase(kind)}. ${website}` : sentenceCase(kind),
      url: publicUrl + conveningPath(slug),
      changed: updatedAt,
    },
  ];
}

function meetingsOf(city: CityEntry, today: Day, publicUrl: string): CalendarEvent[] {
  return city.groupsInReach.flatMap(({ group }) =>
    group.signs
      .filter(({ kind, date }) => kind === 'next-event' && isDay(date) && date >= today)
      .map(({ date, source, url }) => ({
        id: `meeting-${group.slug}-${date}`,
        name: group.name,
        first: date,
        last: date,
        place: group.cityEntry ? cityLabel(group.cityEntry) : '',
        text: `Next meeting, from ${source}. See the group's own page for time and place. ${toWebLink(url) ?? ''}`,
        url: publicUrl + groupPath(group.slug),
        changed: group.updatedAt,
      })),
  );
}

const byDay = (one: CalendarEvent, other: CalendarEvent): number =>
  one.first.localeCompare(other.first) || one.id.localeCompare(other.id);

/** A meeting that several sources name is one event. */
const once = (events: readonly CalendarEvent[]): CalendarEvent[] =>
  [...new Map(events.map((event) => [event.id, event])).values()].sort(byDay);

const sampleMark = ({ sampleData }: Directory): string => (sampleData ? 'Sample data: ' : '');

export function conveningsCalendar(directory: Directory, publicUrl: string): Calendar {
  return {
    name: `${sampleMark(directory)}Convenings of neighborhood data and civic tech`,
    text: 'Events where NNIP partners and civic tech groups can meet. Those whose day is not known are left out.',
    url: publicUrl + paths.convenings,
    host: new URL(publicUrl).hostname,
    events: once(directory.convenings.flatMap((one) => conveningEvent(one, publicUrl))),
  };
}

/** Its convenings, and the meetings ahead of the groups in reach. */
export function cityCalendar(directory: Directory, city: CityEntry, publicUrl: string): Calendar {
  return {
    name: `${sampleMark(directory)}Civic tech near ${cityLabel(city)}`,
    text: `Convenings in ${cityLabel(city)} and the next meetings of civic tech groups in reach, as far as they are known.`,
    url: publicUrl + cityPath(city.slug),
    host: new URL(publicUrl).hostname,
    events: once([
      ...city.convenings.flatMap((one) => conveningEvent(one, publicUrl)),
      ...meetingsOf(city, directory.today, publicUrl),
    ]),
  };
}
