// An iCalendar file: the days of its meetings (RFC 5545), as the calendar's own clock has them.
import ICAL from 'ical.js';
import { addMonths, type Day, dayOf } from '../../domain/dates.ts';

/** A series that nobody touched for so long says nothing any more: it goes on by itself for ever. */
const monthsOfSeries = 12;
const mostEvents = 5_000;
const mostOccurrences = 20_000;

export interface CalendarPlace {
  readonly today: Day;
  /** Degrees east; tells the day of a meeting whose calendar names no time zone. */
  readonly lng: number;
}

/** True for a text that says that it is a calendar. */
export const isCalendar = (text: string): boolean => /^\uFEFF?\s*BEGIN:VCALENDAR/i.test(text);

/**
 * The days of all its meetings up to a year ahead, in no order; cancelled ones are left out.
 * An event that cannot be read is left out too.
 * @throws Error where the text is no calendar
 */
export function readCalendar(text: string, place: CalendarPlace): Day[] {
  if (!isCalendar(text)) throw new Error('The text is no calendar.');
  const parsed = ICAL.parse(text.replace(/^\uFEFF/, '')) as unknown[];
  const calendars = typeof parsed[0] === 'string' ? [parsed] : parsed;
  return calendars.flatMap((calendar) => daysOf(new ICAL.Component(calendar as never), place));
}

function daysOf(calendar: ICAL.Component, place: CalendarPlace): Day[] {
  const events = calendar.getAllSubcomponents('vevent').slice(0, mostEvents);
  const exceptions = new Map<string, ICAL.Component[]>();
  const masters: ICAL.Component[] = [];
  const seriesIds = new Set<string>();
  for (const event of events) {
    if (!event.hasProperty('recurrence-id')) {
      masters.push(event);
      seriesIds.add(idOf(event));
      continue;
    }
    exceptions.set(idOf(event), [...(exceptions.get(idOf(event)) ?? []), event]);
  }
  // A changed meeting whose series is not in the file stands for itself.
  const lone = [...exceptions].flatMap(([id, those]) => (seriesIds.has(id) ? [] : those));
  const zone = String(calendar.getFirstPropertyValue('x-wr-timezone') ?? '');
  const toDay = dayIn(zone, place.lng);
  return [...masters, ...lone].flatMap((event) => {
    try {
      return occurrencesOf(event, exceptions.get(idOf(event)) ?? [], { place, toDay });
    } catch {
      return [];
    }
  });
}

const idOf = (event: ICAL.Component): string => String(event.getFirstPropertyValue('uid') ?? '');

const isCancelled = (event: ICAL.Component): boolean =>
  String(event.getFirstPropertyValue('status') ?? '').toUpperCase() === 'CANCELLED';

interface Reading {
  readonly place: CalendarPlace;
  readonly toDay: (time: ICAL.Time) => Day;
}

function occurrencesOf(
  component: ICAL.Component,
  exceptions: readonly ICAL.Component[],
  { place, toDay }: Reading,
): Day[] {
  if (isCancelled(component)) return [];
  const isLone = component.hasProperty('recurrence-id');
  const event = new ICAL.Event(component, { exceptions: isLone ? [] : [...exceptions] });
  if (isLone || !event.isRecurring()) return [toDay(event.startDate)];
  const end = [
    addMonths(lastTouched(component, exceptions, toDay), monthsOfSeries),
    addMonths(place.today, monthsOfSeries),
  ].sort()[0] as Day;
  const days: Day[] = [];
  const series = event.iterator();
  for (let count = 0; count < mostOccurrences; count += 1) {
    const next = series.next();
    if (!next || toDay(next) > end) break;
    const { item, startDate } = event.getOccurrenceDetails(next);
    if (!isCancelled(item.component)) days.push(toDay(startDate));
  }
  return days;
}

/** When somebody last had a hand in the series. DTSTAMP does not tell: many servers write the present moment there. */
function lastTouched(
  series: ICAL.Component,
  exceptions: readonly ICAL.Component[],
  toDay: (time: ICAL.Time) => Day,
): Day {
  const days = [series, ...exceptions].flatMap((component) =>
    ['last-modified', 'created', 'dtstart'].flatMap((name) => {
      const value = component.getFirstPropertyValue(name);
      return value instanceof ICAL.Time ? [toDay(value)] : [];
    }),
  );
  return days.sort().at(-1) ?? '';
}

/** The day that people there call it: a moment in universal time is of the calendar's zone, or else of its longitude. */
function dayIn(zone: string, lng: number): (time: ICAL.Time) => Day {
  const format = formatIn(zone);
  return (time) => {
    if (time.isDate || time.zone?.tzid !== 'UTC') return time.toString().slice(0, 10);
    const moment = time.toJSDate();
    if (format) return format.format(moment);
    return dayOf(new Date(moment.getTime() + Math.round(lng / 15) * 3_600_000));
  };
}

function formatIn(zone: string): Intl.DateTimeFormat | null {
  if (zone === '') return null;
  try {
    // Swedish writes days as ISO 8601 does.
    return new Intl.DateTimeFormat('sv-SE', { timeZone: zone });
  } catch {
    return null;
  }
}
