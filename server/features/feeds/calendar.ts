// Calendars (RFC 5545) of whole-day events. The same event keeps its identifier, and its time stamp is that of the
// record's last change, so that a calendar program sees a change where there is one.
import ical, { ICalCalendarMethod, ICalEventTransparency } from 'ical-generator';
import { addDays, type Day } from '../../domain/dates.ts';
import type { Timestamp } from '../../domain/records.ts';

export interface CalendarEvent {
  /** The same for ever, without the site's name. */
  readonly id: string;
  readonly name: string;
  readonly first: Day;
  /** The last day of it; the first one where it has one day. */
  readonly last: Day;
  readonly place: string;
  readonly text: string;
  /** http or https. */
  readonly url: string;
  readonly changed: Timestamp;
}

export interface Calendar {
  readonly name: string;
  readonly text: string;
  readonly url: string;
  /** Stands behind the identifiers of its events. */
  readonly host: string;
  readonly events: readonly CalendarEvent[];
}

/** Line breaks too: no property of ours has any. */
const notPlain = /[\p{Cc}\p{Cs}\u2028\u2029]+/gu;
const plain = (text: string): string => text.replace(notPlain, ' ').trim();
/** The library writes a calendar's own texts as they are. */
const escaped = (text: string): string => plain(text).replace(/[\\;,]/g, '\\$&');

const midnight = (day: Day): Date => new Date(`${day}T00:00:00Z`);

export function toIcs({ name, text, url, host, events }: Calendar): string {
  const calendar = ical({
    name: escaped(name),
    description: escaped(text),
    url: new URL(url).href,
    method: ICalCalendarMethod.PUBLISH,
    prodId: { company: 'Crosswalk', product: 'Directory', language: 'EN' },
    ttl: 24 * 60 * 60,
  });
  for (const event of events) {
    const made = calendar.createEvent({
      id: `${plain(event.id)}@${host}`,
      // The end is the day after (RFC 5545, 3.6.1).
      start: midnight(event.first),
      end: addDaysAsDate(event.last),
      allDay: true,
      timezone: 'UTC',
      stamp: new Date(event.changed),
      lastModified: new Date(event.changed),
      summary: plain(event.name),
      description: plain(event.text),
      url: new URL(event.url).href,
      // Nobody is busy because of it before they say that they go.
      transparency: ICalEventTransparency.TRANSPARENT,
    });
    if (plain(event.place) !== '') made.location(plain(event.place));
  }
  return `${calendar.toString()}\r\n`;
}

const addDaysAsDate = (day: Day): Date => midnight(addDays(day, 1));
