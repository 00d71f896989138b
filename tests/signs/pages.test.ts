// What visitors are told of a group being alive: the same words on its page, in the list, on the map and in the API,
// with the evidence and what failed.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import request from 'supertest';
import type { GroupCheck } from '../../server/domain/records.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aGroup, someRecords } from '../support/builders.ts';
import { signInAs } from '../support/sign-in.ts';

const aCheck = (over: Partial<GroupCheck>): GroupCheck => ({
  group: 'code-for-tulsa',
  source: 'calendar',
  address: 'https://group.example/all.ics',
  outcome: 'signs',
  words: '',
  checkedAt: '2026-11-20T06:00:00.000Z',
  failingSince: null,
  ...over,
});

const listing = { list: 'the list', date: '2023-02-21', mark: 'active' } as const;
const records = someRecords({
  groups: [
    aGroup({
      name: 'Code for Tulsa',
      listing,
      signs: [{ kind: 'last-event', date: '2023-04-18', source: 'its calendar', url: null }],
    }),
    aGroup({ name: 'Never Asked', listing }),
    aGroup({ name: 'Asked In Vain', listing }),
    aGroup({
      name: 'Alive',
      signs: [
        {
          kind: 'next-event',
          date: '2026-12-14',
          source: 'its Meetup page',
          url: 'https://www.meetup.com/alive/',
        },
      ],
    }),
    aGroup({ name: 'Was Closed', closed: { date: '2024-05', reason: 'It said so.' } }),
  ],
  checks: [
    aCheck({
      outcome: 'gone',
      words: 'it answered 404',
      failingSince: '2026-05-03T06:00:00.000Z',
    }),
    aCheck({ source: 'website', address: 'https://group.example/', outcome: 'no-sign' }),
    aCheck({ group: 'asked-in-vain', outcome: 'too-slow', words: 'it took too long to answer' }),
  ],
});

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp({ records });
});
afterAll(() => test.close());

const get = (path: string) => request(test.app).get(path);

describe('what is said of a group being alive', () => {
  it.each([
    ['code-for-tulsa', 'no sign since 18 April 2023'],
    ['never-asked', 'listed, February 2023, not checked since'],
    ['asked-in-vain', 'listed, February 2023, no sign of life when checked on 20 November 2026'],
    ['alive', 'next meeting 14 December 2026'],
    ['was-closed', 'closed May 2024: It said so'],
  ])('is the same on its page, in the list, on the map and in the API: %s', async (slug, words) => {
    const [page, list, item, map] = await Promise.all([
      get(`/groups/${slug}`),
      get('/groups'),
      get(`/api/v1/groups/${slug}`),
      get('/api/v1/groups.geojson'),
    ]);

    const row = load(list.text)(`tr:has(a[href="/groups/${slug}"])`).find('.liveness').text();
    const feature = map.body.features.find((one: { id: string }) => one.id === slug);
    expect({
      // It opens a line there.
      page: load(page.text)('.record-flag .liveness').text().replace(/^C/, 'c'),
      list: row,
      api: item.body.liveness.text,
      map: feature.properties.livenessText,
    }).toEqual(Object.fromEntries(['page', 'list', 'api', 'map'].map((place) => [place, words])));
    expect(feature.properties.liveness).toBe(item.body.liveness.state);
  });

  it('comes with each sign, its source and its link', async () => {
    const page = load((await get('/groups/alive')).text);

    const link = page('a[href="https://www.meetup.com/alive/"]');
    expect(link.text()).toBe('Next meeting announced (its Meetup page)');
    expect(link.parent().text()).toContain('14 December 2026');
  });

  it('comes with what was checked, when, and what failed', async () => {
    const page = load((await get('/groups/code-for-tulsa')).text);

    const lines = page('h3:contains("What was checked") + ul li')
      .map((_, line) => page(line).text())
      .get();
    expect(lines).toEqual([
      'Its website answers; that alone is no sign of life, checked 2 days ago.',
      'Its calendar could not be read since 3 May 2026: it answered 404, checked 2 days ago.',
    ]);
  });
});

describe('GET /staff/checks', () => {
  it('lists how asking each source ended, and filters by it', async () => {
    const { agent: staff } = await signInAs(test, { staff: true });
    const rows = async (query: string): Promise<string[]> => {
      const page = load((await staff.get(`/staff/checks${query}`)).text);
      return page('tbody tr')
        .map((_, row) => page(row).find('a').first().text())
        .get();
    };

    expect(await rows('?sort=outcome')).toEqual([
      'Code for Tulsa',
      'Code for Tulsa',
      'Asked In Vain',
    ]);
    expect(await rows('?outcome=too-slow')).toEqual(['Asked In Vain']);
    expect(await rows('?outcome=nonsense&source=website')).toEqual(['Code for Tulsa']);
  });
});
