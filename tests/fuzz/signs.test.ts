// What strangers' sites answer, damaged and hostile: calendars, feeds, pages and code hosts tell something or are unreadable,
// and what we write for other programs stays readable whatever stands in the records.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseAtomFeed } from 'feedsmith';
import ICAL from 'ical.js';
import type { Change } from '../../server/domain/records.ts';
import { type CheckSource, checkSources } from '../../server/domain/words.ts';
import { toIcs } from '../../server/features/feeds/calendar.ts';
import { changesFeed } from '../../server/features/feeds/changes-feed.ts';
import type { Fetched } from '../../server/outside/answer.ts';
import { readSource } from '../../server/signs/read-source.ts';
import { siteOf } from '../../server/signs/site-of.ts';
import { codeAddresses } from '../../server/signs/sources/code.ts';
import { meetupAddresses } from '../../server/signs/sources/meetup.ts';
import { calendarAddress } from '../../server/signs/sources/page.ts';
import { aGroup, aPartner } from '../support/builders.ts';
import { aDirectory } from '../support/directory.ts';
import { ends, givesMemoryBack, runs } from './cases.ts';
import { anyValue, damaged, hostileText } from './hostile.ts';

const today = '2026-11-22';
const address = 'https://tulsa.example/';
const group = aGroup();
const nothing = { days: [], page: null };

const calendar = `BEGIN:VCALENDAR
VERSION:2.0
X-WR-TIMEZONE:America/Chicago
BEGIN:VEVENT
UID:1
DTSTART;TZID=America/Chicago:20261103T190000
RRULE:FREQ=MONTHLY;BYDAY=1TU,3TU;COUNT=12
EXDATE:20261117T190000
LAST-MODIFIED:20260901T000000Z
SUMMARY:Hack Night
END:VEVENT
BEGIN:VEVENT
UID:1
RECURRENCE-ID:20261201T190000
DTSTART:20261202T190000
STATUS:CANCELLED
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;VALUE=DATE:20261224
RDATE:20261225,20261226
END:VEVENT
END:VCALENDAR
`.replaceAll('\n', '\r\n');
const rss = `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>News</title><link>https://tulsa.example/</link><description>d</description><item><title>A &amp; B</title>
<link>https://tulsa.example/a</link><pubDate>Tue, 10 Nov 2026 12:00:00 GMT</pubDate><dc:date>2026-11-10</dc:date>
<description><![CDATA[<p>Hello</p>]]></description></item></channel></rss>`;
const atom = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>N</title><id>x</id>
<updated>2026-11-10T00:00:00Z</updated><entry><title>A</title><id>y</id><link href="https://tulsa.example/a"/>
<updated>2026-11-10T00:00:00Z</updated></entry></feed>`;
const rdf = `<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>N</title></channel>
<item><title>A</title><link>https://tulsa.example/a</link><dc:date>2026-11-10</dc:date></item></rdf:RDF>`;
const jsonFeed = JSON.stringify({
  version: 'https://jsonfeed.org/version/1.1',
  title: 'N',
  items: [{ id: '1', url: 'https://tulsa.example/a', date_published: '2026-11-10T00:00:00Z' }],
});
const page = `<!doctype html><html><head><title>Code for Tulsa</title>
<link rel="alternate" type="application/rss+xml" href="/feed"><link rel="alternate" type="text/calendar" href="a.ics">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"Event","startDate":"2026-12-01",
"eventStatus":"https://schema.org/EventScheduled","subEvent":[{"@type":["SocialEvent"],"startDate":"2026-12-02"}]}]}
</script></head><body><h1>Code for Tulsa</h1><p>${'We meet on Tuesdays and build things. '.repeat(8)}</p>
<iframe src="https://calendar.google.com/calendar/embed?src=a@group.calendar.google.com"></iframe></body></html>`;
const repositories = JSON.stringify([
  { pushed_at: '2026-11-10T00:00:00Z', html_url: 'https://github.com/codefortulsa/a' },
]);

const answers: Readonly<Record<string, string>> = {
  'a calendar': calendar,
  'an RSS feed': rss,
  'an Atom feed': atom,
  'an RDF feed': rdf,
  'a JSON feed': jsonFeed,
  'a page': page,
  'a code host': repositories,
};
const good = Object.values(answers).map((text) => Buffer.from(text));

/** Any of the sources may answer with anything. */
function look(text: string, source: CheckSource): void {
  const subject = { group, source, address, today };
  const answer: Fetched = {
    outcome: 'fetched',
    address,
    text,
    type: '',
    validators: null,
    isDowngraded: false,
  };
  const read = ends(() => readSource(subject, answer, nothing));

  expect(read.signs.every(({ date }) => /^\d{4}-\d{2}-\d{2}$/.test(date))).toBe(true);
  expect(read.days.every((day) => /^\d{4}-\d{2}-\d{2}$/.test(day))).toBe(true);
  expect(read.leads.every((lead) => URL.canParse(lead.address))).toBe(true);
}
const anySource = fc.constantFrom(...checkSources);

describe('an answer', () => {
  it.each(Object.entries(answers))('like that of %s, damaged, does no harm', async (_, text) => {
    await givesMemoryBack(() =>
      fc.assert(
        fc.property(damaged([Buffer.from(text), ...good]), anySource, (bytes, source) =>
          look(bytes.toString(), source),
        ),
        runs(good.length),
      ),
    );
  });

  it.each([
    ['elements within each other', '<p>'.repeat(100_000)],
    [
      'a feed of elements within each other',
      `<rss version="2.0"><channel>${'<item>'.repeat(5_000)}`,
    ],
    [
      'entities within each other',
      '<!DOCTYPE a [<!ENTITY a "&b;&b;"><!ENTITY b "&a;">]><rss>&a;</rss>',
    ],
    ['components within each other', 'BEGIN:VCALENDAR\r\n'.repeat(50_000)],
    [
      'a rule that never comes true',
      calendar.replace('FREQ=MONTHLY;BYDAY=1TU,3TU;COUNT=12', 'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31'),
    ],
    ['JSON within JSON', `[${'{"a":['.repeat(50_000)}`],
    [
      'schema.org within itself',
      `<script type="application/ld+json">${'['.repeat(50_000)}${']'.repeat(50_000)}</script>`,
    ],
    ['a line without an end', `BEGIN:VCALENDAR\r\nX:${'a'.repeat(400_000)}`],
    ['attributes without an end', `<a ${'b="c" '.repeat(60_000)}`],
  ])('of %s does no harm', (_, text) => {
    for (const source of ['calendar', 'feed', 'website'] as const) {
      if (source === 'calendar' || !text.startsWith('BEGIN')) look(text, source);
    }
  });

  it('of any schema.org data does no harm', async () => {
    const data = fc.record(
      {
        '@type': fc.oneof(fc.constant('Event'), anyValue),
        startDate: fc.oneof(fc.constant('2026-12-01'), anyValue),
        eventStatus: anyValue,
        subEvent: anyValue,
      },
      { requiredKeys: [] },
    );
    await givesMemoryBack(() =>
      fc.assert(
        fc.property(data, (value) =>
          look(
            page.replace(/\{"@context".*\n.*\n/, () => JSON.stringify(value)),
            'website',
          ),
        ),
        runs(),
      ),
    );
  });
});

describe('an address of a stranger', () => {
  it('tells of a site, a calendar, a code host or a meetup group, or of none', () => {
    const like = fc.oneof(
      hostileText,
      fc
        .tuple(fc.constantFrom('https://', 'webcal://', 'http://', '//'), hostileText, hostileText)
        .map(([start, host, path]) => `${start}${host}/${path}`),
      hostileText.map((path) => `https://github.com/${path}`),
      hostileText.map((path) => `https://www.meetup.com/${path}`),
      hostileText.map((path) => `https://calendar.google.com/calendar/${path}?src=${path}@x`),
    );
    fc.assert(
      fc.property(like, (text) => {
        ends(() => siteOf(text));
        for (const found of [
          codeAddresses(text),
          meetupAddresses(text),
          calendarAddress(text) ?? [],
        ]) {
          expect([found].flat().every((one) => URL.canParse(one))).toBe(true);
        }
      }),
      runs(),
    );
  });
});

describe('what other programs read of ours', () => {
  it('is a calendar whatever its events are called', async () => {
    const event = fc.tuple(hostileText, hostileText, hostileText).map(([name, place, text]) => ({
      id: `convening-${name}`,
      name,
      first: '2026-09-10',
      last: '2026-09-11',
      place,
      text,
      url: 'https://crosswalk.example/convenings/a',
      changed: '2026-01-01T00:00:00.000Z',
    }));
    await givesMemoryBack(() =>
      fc.assert(
        fc.property(fc.array(event, { maxLength: 3 }), hostileText, (events, name) => {
          const head = { name, text: name, url: address, host: 'crosswalk.example' };
          const text = ends(() => toIcs({ ...head, events }));
          const read = new ICAL.Component(ICAL.parse(text));

          expect(read.getAllSubcomponents('vevent')).toHaveLength(events.length);
        }),
        runs(),
      ),
    );
  });

  it('is a feed whatever was changed', async () => {
    const directory = aDirectory({ groups: [aGroup()], partners: [aPartner()] });
    const change = fc
      .tuple(
        fc.constantFrom('name', 'website', 'topics', 'kind', 'signs', 'closed', '__proto__'),
        fc.oneof(hostileText, anyValue),
        fc.oneof(hostileText, anyValue),
        fc.constantFrom('group', 'partner', 'report', 'city', 'wave', 'convening', 'collaboration'),
        fc.constantFrom('code-for-tulsa', 'tulsa-data-center', 'tulsa-ok', 'gone'),
      )
      .map(
        ([field, before, after, record, slug]) =>
          ({
            ...{ id: '1', at: '2026-11-20T10:00:00.000Z', by: null, origin: 'web', batch: 'one' },
            ...{ field, before, after, record, slug },
          }) as Change,
      );
    await givesMemoryBack(() =>
      fc.assert(
        fc.property(fc.array(change, { maxLength: 4 }), (changes) => {
          const text = ends(() => changesFeed(directory, changes, 'https://crosswalk.example'));

          expect(parseAtomFeed(text).title?.value).toBe('Changes of the Crosswalk directory');
        }),
        runs(),
      ),
    );
  });
});
