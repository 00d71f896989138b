// What calendars, feeds, pages and addresses tell: recurring meetings, odd dates, parked names, and texts of strangers.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { siteOf } from '../../server/signs/site-of.ts';
import { readCalendar } from '../../server/signs/sources/calendar.ts';
import { codeAddresses, readCode } from '../../server/signs/sources/code.ts';
import { readFeed } from '../../server/signs/sources/feed.ts';
import { meetupAddresses } from '../../server/signs/sources/meetup.ts';
import { calendarAddress, readPage } from '../../server/signs/sources/page.ts';
import { sourcesOf } from '../../server/signs/sources-of.ts';
import { withinTime } from '../../server/signs/within-time.ts';
import { aGroup } from '../support/builders.ts';

const today = '2026-11-22';
const place = { today, lng: -95.99 };

const event = (...lines: readonly string[]): string =>
  ['BEGIN:VEVENT', 'UID:1', ...lines, 'END:VEVENT'].join('\r\n');
const calendar = (...parts: readonly string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...parts, 'END:VCALENDAR'].join('\r\n');
const days = (...parts: readonly string[]) => readCalendar(calendar(...parts), place);

describe('a calendar', () => {
  it.each([
    ['a day', event('DTSTART;VALUE=DATE:20261214'), ['2026-12-14']],
    ['an evening there', event('DTSTART;TZID=America/Chicago:20261214T190000'), ['2026-12-14']],
    ['an evening in universal time', event('DTSTART:20261215T010000Z'), ['2026-12-14']],
    ['a cancelled meeting', event('DTSTART:20261214T190000', 'STATUS:CANCELLED'), []],
    ['a meeting without a date', event('SUMMARY:Soon'), []],
  ])('tells the day of %s', (_name, text, expected) => {
    expect(days(text)).toEqual(expected);
  });

  it('takes the zone that it names for moments in universal time', () => {
    expect(days('X-WR-TIMEZONE:Asia/Tokyo', event('DTSTART:20261214T190000Z'))).toEqual([
      '2026-12-15',
    ]);
  });

  it('tells of a series without what was left out, moved or cancelled', () => {
    const series = event(
      'DTSTART:20261103T190000',
      'RRULE:FREQ=WEEKLY;COUNT=5',
      'EXDATE:20261110T190000',
    );
    const moved = event('RECURRENCE-ID:20261117T190000', 'DTSTART:20261118T190000');
    const cancelled = event(
      'RECURRENCE-ID:20261124T190000',
      'DTSTART:20261124T190000',
      'STATUS:CANCELLED',
    );

    expect(days(series, moved, cancelled)).toEqual(['2026-11-03', '2026-11-18', '2026-12-01']);
  });

  it('does not believe an endless series that nobody touched for a year', () => {
    const left = days(event('DTSTART:20150106T190000', 'RRULE:FREQ=WEEKLY'));
    const kept = days(
      event('DTSTART:20150106T190000', 'RRULE:FREQ=WEEKLY', 'LAST-MODIFIED:20260901T000000Z'),
    );

    expect(left.at(-1)).toBe('2016-01-05');
    expect(kept).toContain('2026-11-24');
  });

  it('leaves out one bad event', () => {
    expect(days(event('DTSTART:nonsense'), event('DTSTART:20261214T190000'))).toContain(
      '2026-12-14',
    );
  });

  it('is given up where its rule never comes true', () => {
    const text = calendar(
      event('DTSTART:20150105T190000', 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31'),
    );

    expect(() => withinTime(100, () => readCalendar(text, place))).toThrow(/timed out/);
  });
});

describe('a feed', () => {
  const rss = (...dates: readonly string[]) =>
    `<rss version="2.0"><channel><title>t</title>${dates
      .map(
        (date) =>
          `<item><title>i</title><link>https://g.example/${date.length}</link><pubDate>${date}</pubDate></item>`,
      )
      .join('')}</channel></rss>`;

  it('tells its newest day that can be believed', () => {
    expect(
      readFeed(
        rss('Tue, 10 Mar 2026 10:00:00 GMT', 'Thu, 01 Jan 1970 00:00:00 GMT', '2031-01-01', 'soon'),
        today,
      ),
    ).toEqual({ day: '2026-03-10', url: 'https://g.example/29' });
  });

  it('tells nothing where no day can be believed', () => {
    expect(readFeed(rss('Thu, 01 Jan 1970 00:00:00 GMT'), today)).toBeNull();
  });

  it('takes the day of publishing before the day of making it anew', () => {
    const atom =
      '<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><id>1</id><published>2024-01-02T00:00:00Z</published><updated>2026-11-20T00:00:00Z</updated></entry></feed>';

    expect(readFeed(atom, today)?.day).toBe('2024-01-02');
  });

  it('is refused where it is none', () => {
    expect(() => readFeed('<html></html>', today)).toThrow();
  });
});

describe('a page', () => {
  const words =
    'Neighbors who care for open data meet here and work on tools for the city. '.repeat(4);
  const read = (html: string) => readPage(html, 'http://group.example/events/');

  it('names its feeds and calendars', () => {
    const page = read(
      '<link rel="alternate" type="application/rss+xml" href="/feed"><link rel="alternate" type="application/rss+xml" href="/comments/feed"><a href="all.ics">c</a><iframe src="https://calendar.google.com/calendar/embed?src=a%40group.calendar.google.com"></iframe>',
    );

    expect(page.feeds).toEqual(['http://group.example/feed']);
    expect(page.calendars).toEqual([
      'http://group.example/events/all.ics',
      'https://calendar.google.com/calendar/ical/a%40group.calendar.google.com/public/basic.ics',
    ]);
  });

  it('tells the days of the events that it announces', () => {
    const data = {
      '@graph': [
        { '@type': 'Event', startDate: '2026-12-14T19:00:00-06:00' },
        { '@type': ['Thing', 'SocialEvent'], startDate: '2027-01-11' },
        {
          '@type': 'Event',
          startDate: '2026-12-20',
          eventStatus: 'https://schema.org/EventCancelled',
        },
        { '@type': 'Article', startDate: '2026-12-21' },
      ],
    };

    expect(
      read(
        `<script type="application/ld+json">${JSON.stringify(data)}</script><script type="application/ld+json">{</script>`,
      ).eventDays,
    ).toEqual(['2026-12-14', '2027-01-11']);
  });

  it('has the same mark while only numbers, scripts and styles differ', () => {
    const one = read(`<style>a{}</style><p>${words} 2025</p>`);
    const other = read(`<style>b{}</style><script>1</script><p>${words} 2026</p>`);

    expect(one.mark).not.toBeNull();
    expect(other.mark).toBe(one.mark);
    expect(read(`<p>${words} new</p>`).mark).not.toBe(one.mark);
    expect(read('<div id="app"></div>').mark).toBeNull();
  });

  it('names the group where its words do', () => {
    const page = read('<title>Code for Tulsa</title>');

    expect(page.names(['Code For  Tulsa!'])).toBe(true);
    expect(page.names(['Code for Norman'])).toBe(false);
  });

  it.each([
    ['<p>This domain is for sale!</p>', true],
    ['<script src="https://www.sedoparking.com/x.js"></script>', true],
    [`<p>${words}</p>`, false],
  ])('is parked or not: %s', (html, isParked) => {
    expect(read(html).isParked).toBe(isParked);
  });
});

describe('an address', () => {
  const ical = 'https://www.meetup.com/Code-for-Tulsa/events/ical/';

  it.each([
    ['https://www.meetup.com/Code-for-Tulsa', ical],
    ['http://meetup.com/Code-for-Tulsa/events/?x=1', ical],
    ['https://www.meetup.com/de-DE/Code-for-Tulsa/', ical],
    ['https://www.meetup.com/find/', undefined],
    ['https://notmeetup.com/Code-for-Tulsa', undefined],
  ])('leads to the calendar of a Meetup group: %s', (address, expected) => {
    expect(meetupAddresses(address)[0]).toBe(expected);
  });

  it.each([
    [
      'https://github.com/code4tulsa',
      'https://api.github.com/orgs/code4tulsa/repos?type=sources&sort=pushed&per_page=1',
    ],
    [
      'http://www.github.com/orgs/code4tulsa/repositories',
      'https://api.github.com/orgs/code4tulsa/repos?type=sources&sort=pushed&per_page=1',
    ],
    ['https://github.com/code4tulsa/site.git', 'https://api.github.com/repos/code4tulsa/site'],
    ['https://gitlab.com/code4tulsa', undefined],
    ['https://github.com/..%2f..', undefined],
  ])('leads to the code of a group: %s', (address, expected) => {
    expect(codeAddresses(address)[0]).toBe(expected);
  });

  it('that nothing can be read from is not asked', () => {
    const group = aGroup({
      website: 'https://www.facebook.com/tulsa',
      eventsUrl: 'mailto:us@group.example',
      codeUrl: 'https://gitlab.com/x',
    });

    expect(sourcesOf({ ...group, eventsUrl: null })).toEqual([]);
    expect(calendarAddress('mailto:us@group.example')).toBeNull();
  });

  it.each([
    ['www.group.example', 'group.example'],
    ['www.group.org.uk', 'group.org.uk'],
    ['tulsa.github.io', 'tulsa.github.io'],
  ])('belongs to a site: %s', (host, site) => {
    expect(siteOf(host)).toBe(site);
  });
});

describe('texts of strangers', () => {
  it('are read or refused, and never told a push in the future', () => {
    expect(readCode('[{"pushed_at":"2031-01-01T00:00:00Z"}]', today)).toBeNull();
    expect(() => readCode('{"message":', today)).toThrow();
  });

  it('never make a page fail', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        const page = readPage(
          `<a href="${text}">${text}<script type="application/ld+json">${text}`,
          'http://g.example/',
        );

        expect(page.eventDays.every((day) => /^\d{4}-\d{2}-\d{2}$/.test(day))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
