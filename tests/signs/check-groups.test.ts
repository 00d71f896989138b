// A whole run over many groups, against servers that play good, slow, broken, huge, treacherous and moved sources:
// it ends, each outcome is kept, and the next run asks only whether anything changed.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { readConfig } from '../../server/config.ts';
import type { Group } from '../../server/domain/records.ts';
import { type CheckSummary, checkGroups } from '../../server/signs/check-groups.ts';
import { readChanges } from '../../server/store/changes.ts';
import { readGroupChecks } from '../../server/store/group-checks.ts';
import { readGroups } from '../../server/store/groups.ts';
import { openStore } from '../../server/store/open-store.ts';
import { putRecords } from '../../server/store/put-records.ts';
import { readRevision } from '../../server/store/revision.ts';
import type { Store } from '../../server/store/store.ts';
import { programWriter } from '../../server/store/writer.ts';
import { aCity, aGroup } from '../support/builders.ts';
import {
  breaksOff,
  drips,
  isEndless,
  leadsTo,
  limits,
  type OutsideWorld,
  openOutsideWorld,
  pages,
  remembers,
  type Site,
  says,
  status,
} from '../support/outside-world.ts';

const calendar = (...days: readonly string[]): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...days.flatMap((day, number) => [
      'BEGIN:VEVENT',
      `UID:${number}`,
      `DTSTART;TZID=America/Chicago:${day.replaceAll('-', '')}T190000`,
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ].join('\r\n');

const feed = (...days: readonly string[]): string =>
  `<rss version="2.0"><channel><title>News</title>${days
    .map((day) => `<item><title>n</title><pubDate>${new Date(day).toUTCString()}</pubDate></item>`)
    .join('')}</channel></rss>`;

const words = 'We meet on Tuesdays to work on open data for the people of our city. '.repeat(5);
const home = (name: string, head = ''): string =>
  `<html><head><title>${name}</title>${head}</head><body>${words}</body></html>`;

let folder: string;
let store: Store;
let world: OutsideWorld;
let now: Date;
let sites: Record<string, Site>;
const log = pino({ level: 'silent' });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosswalk-signs-'));
  store = await openStore(readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' }), log);
  now = new Date('2026-11-22T12:00:00Z');
  sites = {};
  world = await openOutsideWorld((host) => sites[host]);
});

afterEach(async () => {
  await world.close();
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const put = (...groups: readonly Group[]) =>
  putRecords(store, { cities: [aCity()], groups }, programWriter('seed', now));

const run = (over: Partial<Parameters<typeof checkGroups>[0]> = {}): Promise<CheckSummary> =>
  checkGroups({
    store,
    network: world.network,
    userAgent: 'Crosswalk/1 (+http://localhost/about)',
    clock: () => now,
    log,
    limits,
    ...over,
  });

const aLonely = (over: Partial<Group>): Group => aGroup({ website: null, ...over });
const signsOf = async (slug: string) =>
  (await readGroups(store)).find((group) => group.slug === slug)?.signs;
const checkOf = async (group: string, source: string) =>
  (await readGroupChecks(store)).find((check) => check.group === group && check.source === source);
const later = (days: number): void => {
  now = new Date(now.getTime() + days * 86_400_000);
};

describe('looking for signs of life of 229 groups', () => {
  const kinds: readonly (readonly [string, Site, string])[] = [
    ['good', remembers(calendar('2026-10-06', '2026-12-14')), 'signs'],
    ['dripping', drips, 'too-slow'],
    ['cut', breaksOff, 'unreachable'],
    ['endless', isEndless, 'too-big'],
    ['bomb', says(gzipSync('X'.repeat(3_000_000)), { 'content-encoding': 'gzip' }), 'too-big'],
    ['inner', leadsTo('http://192.168.0.1/'), 'refused'],
    ['loop', leadsTo('/all.ics'), 'failed'],
    ['gone', status(404), 'gone'],
    ['ill', status(500), 'failed'],
    ['malformed', remembers('BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:'), 'unreadable'],
    ['busy', status(429), 'later'],
    ['good-too', remembers(calendar('2025-01-07')), 'signs'],
  ];

  it('ends, keeps each outcome, and asks again only whether anything changed', async () => {
    const groups = Array.from({ length: 229 }, (_, number) => {
      const [kind = '', site = status(404)] = kinds[number % kinds.length] ?? [];
      const host = `${kind}-${number}.example`;
      sites[host] = pages({ '/all.ics': site });
      return aLonely({ name: `Group ${number}`, eventsUrl: `http://${host}/all.ics` });
    });
    await put(...groups);
    const atFirst = await readRevision(store);

    const quick = { ...limits, headMs: 1_200, wholeMs: 1_200 };
    const first = await run({ limits: quick });

    const checks = await readGroupChecks(store);
    expect(checks.map(({ group, outcome }) => [Number(group.slice(6)), outcome]).sort()).toEqual(
      groups.map((_, number) => [number, kinds[number % kinds.length]?.[2]]).sort(),
    );
    expect(first).toMatchObject({ groups: 229, isStopped: false, notDue: 0 });
    // Signs are written several groups at a time.
    expect((await readRevision(store)) - atFirst).toBeLessThan(8);
    expect(await signsOf('group-0')).toEqual([
      {
        kind: 'next-event',
        date: '2026-12-14',
        source: 'its calendar',
        url: 'http://good-0.example/all.ics',
      },
      {
        kind: 'last-event',
        date: '2026-10-06',
        source: 'its calendar',
        url: 'http://good-0.example/all.ics',
      },
    ]);

    const revision = await readRevision(store);
    world.asked.length = 0;
    const second = await run({ again: true, limits: quick });

    const answered = world.asked.filter(
      ({ host, path }) => /^good/.test(host) && path !== '/robots.txt',
    );
    expect(answered).toHaveLength(39);
    expect(new Set(answered.map(({ status: code }) => code))).toEqual(new Set([304]));
    expect(second.changed).toEqual([]);
    expect(second.outcomes['nothing-new']).toBe(39);
    expect(await readRevision(store)).toBe(revision);
  }, 60_000);
});

describe('a run', () => {
  it('leaves alone what was asked not long ago, and goes on where another stopped', async () => {
    sites['a.example'] = pages({ '/all.ics': remembers(calendar('2026-10-06')) });
    sites['b.example'] = pages({ '/all.ics': remembers(calendar('2026-10-06')) });
    await put(
      aLonely({ name: 'A', eventsUrl: 'http://a.example/all.ics' }),
      aLonely({ name: 'B', eventsUrl: 'http://b.example/all.ics' }),
    );
    await run({ only: ['a'] });
    world.asked.length = 0;

    const summary = await run();

    expect(summary).toMatchObject({ groups: 2, notDue: 1 });
    expect(new Set(world.asked.map(({ host }) => host))).toEqual(new Set(['b.example']));
  });

  it('stops when it is told to, and keeps what it found by then', async () => {
    const stopping = new AbortController();
    sites['slow.example'] = pages({ '/all.ics': drips });
    sites['a.example'] = pages({ '/all.ics': remembers(calendar('2026-10-06')) });
    await put(
      aLonely({ name: 'A', eventsUrl: 'http://a.example/all.ics' }),
      aLonely({ name: 'Slow', eventsUrl: 'http://slow.example/all.ics' }),
    );

    const summary = await run({
      signal: stopping.signal,
      limits: { ...limits, headMs: 60_000, wholeMs: 60_000 },
      onGroup: () => stopping.abort(),
    });

    expect(summary.isStopped).toBe(true);
    expect((await readGroupChecks(store)).map(({ group }) => group)).toEqual(['a']);
    expect(await signsOf('a')).toHaveLength(1);
  });

  it('never takes a sign away because its source fails', async () => {
    sites['a.example'] = pages({ '/all.ics': remembers(calendar('2026-10-06', '2026-12-14')) });
    await put(aLonely({ name: 'A', eventsUrl: 'http://a.example/all.ics' }));
    await run();
    const known = await signsOf('a');
    const revision = await readRevision(store);
    sites['a.example'] = status(404);
    later(30);

    await run();

    expect(await signsOf('a')).toEqual(known);
    expect(await checkOf('a', 'calendar')).toMatchObject({
      outcome: 'gone',
      words: 'it answered 404',
      failingSince: '2026-12-22T12:00:00.000Z',
    });
    later(2);
    await run();
    expect((await checkOf('a', 'calendar'))?.failingSince).toBe('2026-12-22T12:00:00.000Z');
    // One revision for each day on which pages show another check.
    expect(await readRevision(store)).toBe(revision + 2);
    expect(await readChanges(store, { limit: 10, origin: 'check' })).toHaveLength(1);
  });

  it('tells of a meeting that has passed, though its calendar has not changed', async () => {
    sites['a.example'] = pages({ '/all.ics': remembers(calendar('2026-12-14', '2027-01-11')) });
    await put(aLonely({ name: 'A', eventsUrl: 'http://a.example/all.ics' }));
    await run();
    later(30);

    const { outcomes } = await run();

    expect(outcomes).toEqual({ 'nothing-new': 1 });
    expect((await signsOf('a'))?.map(({ kind, date }) => [kind, date])).toEqual([
      ['next-event', '2027-01-11'],
      ['last-event', '2026-12-14'],
    ]);
  });

  it('takes a cancelled meeting out, and keeps what somebody else edits meanwhile', async () => {
    sites['a.example'] = pages({ '/all.ics': says(calendar('2026-12-14')) });
    const confirmed = {
      kind: 'confirmed',
      date: '2026-01-05',
      source: 'a person',
      url: null,
    } as const;
    const group = aLonely({ name: 'A', eventsUrl: 'http://a.example/all.ics', signs: [confirmed] });
    await put(group);
    await run();
    expect(await signsOf('a')).toHaveLength(2);
    sites['a.example'] = pages({ '/all.ics': says(calendar()) });
    later(1);

    await run();

    expect(await signsOf('a')).toEqual([confirmed]);
  });

  it('finds the calendar and the feed that a website names', async () => {
    const head =
      '<link rel="alternate" type="application/rss+xml" href="/feed"><a href="webcal://a.example/all.ics">c</a>';
    sites['a.example'] = pages({
      '/': remembers(home('Code for Tulsa', head)),
      '/feed': remembers(feed('2026-11-01', '1970-01-01', '2031-01-01')),
      '/all.ics': remembers(calendar('2026-10-06')),
    });
    // A calendar link is https; the world speaks plainly to both.
    await put(aGroup({ website: 'http://a.example/' }));

    await run();

    expect((await signsOf('code-for-tulsa'))?.map(({ kind, date }) => [kind, date]).sort()).toEqual(
      [
        ['last-event', '2026-10-06'],
        ['last-post', '2026-11-01'],
      ],
    );
    world.asked.length = 0;
    later(1);
    await run();
    expect(
      world.asked.filter(({ path }) => path !== '/robots.txt').map(({ status: code }) => code),
    ).toEqual([304, 304, 304]);
  });

  it('asks GitHub as it asks to be asked, and takes the feed where that lets no more through', async () => {
    const pushed = JSON.stringify([
      { pushed_at: '2026-09-09T01:02:03Z', html_url: 'https://github.com/code4a/x' },
    ]);
    const busy = status(403, { 'x-ratelimit-remaining': '0' });
    sites['api.github.com'] = (req, res) =>
      req.url?.startsWith('/orgs/code4a/')
        ? says(pushed, { 'content-type': 'application/json' })(req, res)
        : busy(req, res);
    sites['github.com'] = pages({
      '/code4b.atom': says(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><updated>2026-08-01T00:00:00Z</updated></entry></feed>',
      ),
    });
    await put(
      aLonely({ name: 'A', codeUrl: 'https://github.com/code4a' }),
      aLonely({ name: 'B', codeUrl: 'http://www.github.com/code4b/' }),
    );

    await run({ only: ['a'] });
    await run({ only: ['b'] });

    expect(await signsOf('a')).toMatchObject([{ kind: 'last-push', date: '2026-09-09' }]);
    expect(await signsOf('b')).toMatchObject([{ kind: 'last-push', date: '2026-08-01' }]);
    expect(world.asked.map(({ path }) => path)).not.toContain('/orgs/code4a/robots.txt');
  });

  it('reads the calendar of a Meetup group from the address of its page', async () => {
    sites['www.meetup.com'] = pages({
      '/Code-for-Tulsa/events/ical/': says(calendar('2026-12-02')),
    });
    await put(aLonely({ name: 'A', eventsUrl: 'http://meetup.com/Code-for-Tulsa/' }));

    await run();

    expect(await signsOf('a')).toEqual([
      {
        kind: 'next-event',
        date: '2026-12-02',
        source: 'its Meetup page',
        url: 'http://meetup.com/Code-for-Tulsa/',
      },
    ]);
  });

  it('checks a closed group once a month, and any sign revives it', async () => {
    sites['a.example'] = pages({ '/all.ics': says(calendar('2026-01-05')) });
    const closed = { date: '2026-06-01', reason: 'its organizer said so' };
    await put(aLonely({ name: 'A', eventsUrl: 'http://a.example/all.ics', closed }));
    await run();
    later(2);

    expect((await run()).notDue).toBe(1);

    sites['a.example'] = pages({ '/all.ics': says(calendar('2026-12-20')) });
    later(30);
    await run();
    expect(await signsOf('a')).toMatchObject([{ kind: 'last-event', date: '2026-12-20' }]);
  });
});

describe('a website that answers', () => {
  const group = () => aGroup({ website: 'http://a.example/' });
  const stand = async (html: string, days: number, headers: Record<string, string> = {}) => {
    sites['a.example'] = pages({ '/': says(html, headers) });
    for (let day = 0; day < days; day += 1) {
      later(1);
      await run();
    }
  };

  it('is no sign of life while it stays as it is', async () => {
    await put(group());

    await stand(home('Code for Tulsa'), 4);

    expect(await signsOf('code-for-tulsa')).toEqual([]);
    expect(await checkOf('code-for-tulsa', 'website')).toMatchObject({ outcome: 'no-sign' });
  });

  it('is one when it changes after it stood still', async () => {
    await put(group());
    await stand(home('Code for Tulsa'), 3);

    await stand(`${home('Code for Tulsa')}We moved to a new room.`, 1);

    expect(await signsOf('code-for-tulsa')).toMatchObject([
      { kind: 'website-answers', date: '2026-11-26', source: 'its website' },
    ]);
  });

  it('is none where it is never twice the same', async () => {
    await put(group());

    for (const word of ['one', 'two', 'three', 'four']) {
      await stand(`${home('Code for Tulsa')}${word}`, 1);
    }

    expect(await signsOf('code-for-tulsa')).toEqual([]);
  });

  it('is as old as it says it was changed', async () => {
    await put(group());

    await stand(home('Code for Tulsa'), 1, {
      'last-modified': 'Tue, 03 Mar 2020 10:00:00 GMT',
    });

    expect(await signsOf('code-for-tulsa')).toMatchObject([{ date: '2020-03-03' }]);
  });

  it.each([
    ['is for sale', `<title>a.example</title>This domain is for sale. Buy it now.`, 'parked'],
    ['belongs to somebody else now', home('Best casinos'), 'no-sign'],
  ])('is no sign where its name %s', async (_name, html, outcome) => {
    await put(group());
    await stand(home('Code for Tulsa'), 3);

    await stand(html, 1);

    expect(await signsOf('code-for-tulsa')).toEqual([]);
    expect(await checkOf('code-for-tulsa', 'website')).toMatchObject({ outcome });
  });

  it('has moved where it leads to a wholly other site', async () => {
    sites['a.example'] = pages({ '/': leadsTo('http://www.other-site.example/', 301) });
    sites['www.other-site.example'] = pages({ '/': says(home('Code for Tulsa')) });
    await put(aGroup({ website: 'http://www.code-for-tulsa.org/' }));
    sites['www.code-for-tulsa.org'] = pages({ '/': leadsTo('http://a.example/', 301) });

    await run();

    expect(await checkOf('code-for-tulsa', 'website')).toMatchObject({
      outcome: 'moved',
      words: 'it leads to www.other-site.example now',
    });
    expect(await signsOf('code-for-tulsa')).toEqual([]);
  });
});
