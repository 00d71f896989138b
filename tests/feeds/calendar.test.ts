// Calendars as another program reads them (ical.js), whatever stands in the records.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { type CalendarEvent, toIcs } from '../../server/features/feeds/calendar.ts';
import { cityCalendar, conveningsCalendar } from '../../server/features/feeds/calendar-events.ts';
import { aConvening, aGroup, aPartner } from '../support/builders.ts';
import { aDirectory } from '../support/directory.ts';

const publicUrl = 'https://crosswalk.example';

function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return {
    calendar,
    events: calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event)),
  };
}

const anEvent = (over: Partial<CalendarEvent> = {}): CalendarEvent => ({
  id: 'convening-tulsa-data-day',
  name: 'Tulsa Data Day',
  first: '2026-09-10',
  last: '2026-09-10',
  place: 'Tulsa, OK',
  text: 'conference',
  url: 'https://crosswalk.example/convenings/tulsa-data-day',
  changed: '2026-01-01T00:00:00.000Z',
  ...over,
});
const write = (...events: CalendarEvent[]): string =>
  toIcs({ name: 'N', text: 'T', url: publicUrl, host: 'crosswalk.example', events });

describe('an event of a calendar', () => {
  it.each([
    ['one day', '2026-09-10', '2026-09-10', '2026-09-11'],
    ['three days', '2026-09-10', '2026-09-12', '2026-09-13'],
    ['the end of a year', '2026-12-31', '2026-12-31', '2027-01-01'],
    ['the end of a leap February', '2028-02-28', '2028-02-29', '2028-03-01'],
    ['the day on which clocks change', '2026-03-08', '2026-03-08', '2026-03-09'],
  ])('of %s lasts whole days and ends the day after', (_, first, last, end) => {
    const [event] = read(write(anEvent({ first, last }))).events;

    expect(event?.startDate.isDate).toBe(true);
    expect(event?.startDate.toString()).toBe(first);
    expect(event?.endDate.toString()).toBe(end);
  });

  it('keeps its identifier and its stamp, and takes a new stamp from a change alone', () => {
    expect(write(anEvent())).toBe(write(anEvent()));
    const [before, after] = [
      anEvent(),
      anEvent({ name: 'Other', changed: '2026-02-01T00:00:00Z' }),
    ].map((event) => read(write(event)).events[0]);

    expect(after?.uid).toBe(before?.uid);
    expect(before?.uid).toBe('convening-tulsa-data-day@crosswalk.example');
    expect(String(after?.component.getFirstPropertyValue('dtstamp'))).toBe('2026-02-01T00:00:00Z');
  });

  it('says what was written and nothing else, in lines of 75 bytes, whatever was written', () => {
    const nasty = fc.string({
      unit: fc.oneof(
        fc.constantFrom(
          '\r\n',
          '\n',
          '\r',
          '\\',
          ';',
          ',',
          ':',
          '"',
          '\u2028',
          '\u0000',
          'é',
          '👩‍🚀',
        ),
        fc.constantFrom('END:VEVENT', 'BEGIN:VALARM', 'X-EVIL:1', ' ', 'a'),
        fc.string({ unit: 'binary', maxLength: 3 }),
      ),
      maxLength: 60,
    });
    fc.assert(
      fc.property(nasty, nasty, nasty, (name, place, text) => {
        const ics = toIcs({
          ...{ name, text, url: publicUrl, host: 'crosswalk.example' },
          events: [anEvent({ name, place, text }), anEvent({ id: 'second' })],
        });
        const lines = ics.split('\r\n');
        const { calendar, events } = read(ics);

        expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
        expect(lines.join('')).not.toMatch(/[\r\n]/);
        expect(calendar.getAllSubcomponents()).toHaveLength(2);
        expect(events[0]?.component.getAllSubcomponents()).toHaveLength(0);
        const plain = (typed: string) => typed.replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ').trim();
        expect(events[0]?.summary ?? '').toBe(plain(name));
        expect(events[0]?.location ?? '').toBe(plain(place));
        expect(events[0]?.description ?? '').toBe(plain(text));
        // ical.js knows no NAME (RFC 7986) and leaves it escaped.
        const called = String(calendar.getFirstPropertyValue('name') ?? '');
        expect(called.replace(/\\(.)/g, '$1')).toBe(plain(name));
        const names = new Set(calendar.getAllProperties().map(({ name: one }) => one));
        expect(names.has('x-evil')).toBe(false);
      }),
      { numRuns: 100 },
    );
  });
});

const near = { lat: 36.2, lng: -95.9 };
const directory = aDirectory({
  partners: [aPartner()],
  groups: [
    aGroup({
      signs: [
        { kind: 'next-event', date: '2026-12-01', source: 'its calendar', url: null },
        { kind: 'next-event', date: '2026-10-01', source: 'its calendar', url: null },
        { kind: 'last-event', date: '2026-11-01', source: 'its calendar', url: null },
      ],
    }),
    aGroup({
      name: 'Far away',
      city: 'boston-ma',
      lat: 42.4,
      lng: -71.1,
      signs: [{ kind: 'next-event', date: '2026-12-02', source: 'its calendar', url: null }],
    }),
    aGroup({
      name: 'Broken Arrow Hackers',
      city: 'broken-arrow-ok',
      ...near,
      signs: [
        { kind: 'next-event', date: '2026-12', source: 'a person', url: null },
        { kind: 'next-event', date: '2026-11-30', source: 'x', url: 'javascript:alert(1)' },
      ],
    }),
  ],
  convenings: [
    aConvening({ start: '2026-12-05', end: '2026-12-06' }),
    aConvening({ name: 'Some month', start: '2026-12' }),
    aConvening({ name: 'Backwards', start: '2026-12-08', end: '2026-12-07' }),
    aConvening({ name: 'Elsewhere', start: '2026-12-09', city: null, place: '' }),
  ],
});

describe('the calendar of convenings', () => {
  it('has each whose day is known, and links its page', () => {
    const { events } = read(toIcs(conveningsCalendar(directory, publicUrl)));

    expect(events.map(({ summary }) => summary)).toEqual([
      'Tulsa Data Day',
      'Backwards',
      'Elsewhere',
    ]);
    expect(events[0]?.component.getFirstPropertyValue('url')).toBe(
      'https://crosswalk.example/convenings/tulsa-data-day',
    );
    expect(events[1]?.endDate.toString()).toBe('2026-12-09');
  });
});

describe('the calendar of a city', () => {
  it('has its convenings and the meetings ahead of the groups in reach', () => {
    const city = directory.findCity('tulsa-ok');
    if (!city) throw new Error('There is no Tulsa.');
    const ics = toIcs(cityCalendar(directory, city, publicUrl));
    const { events } = read(ics);

    expect(events.map(({ summary, startDate }) => `${startDate} ${summary}`)).toEqual([
      '2026-11-30 Broken Arrow Hackers',
      '2026-12-01 Code for Tulsa',
      '2026-12-05 Tulsa Data Day',
      '2026-12-08 Backwards',
    ]);
    expect(ics).not.toContain('javascript:');
  });
});
