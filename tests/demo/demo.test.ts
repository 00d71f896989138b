// The demo: everything can be tried, and nothing of it can be taken for real.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import request from 'supertest';
import { makeChance } from '../../server/demo/chance.ts';
import { makeDemo } from '../../server/demo/make-demo.ts';
import { cityPath, cityScorecardPath, paths, surveyExportPath } from '../../server/paths.ts';
import { readOpenOutreach } from '../../server/store/outreach.ts';
import { isSampleData } from '../../server/store/sample-data.ts';
import { readNewSuggestions } from '../../server/store/suggestions.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { signInAs } from '../support/sign-in.ts';

let test: TestApp;

beforeAll(async () => {
  test = await startTestApp({});
  const { store, config, secret, clock, directory } = test.services;
  await makeDemo({ store, config, secret, now: clock() });
  await directory.refresh();
}, 60_000);

afterAll(() => test?.close());

const get = (path: string) => request(test.app).get(path);

describe('the demo', () => {
  it('has 33 partner cities with many different flags, and several waves', () => {
    const { partnerCityCount, flagCounts, waves } = test.services.directory.current();

    expect(partnerCityCount).toBe(33);
    expect(Object.values(flagCounts).filter((count) => count > 0).length).toBeGreaterThan(4);
    expect(waves.map(({ slug, state }) => `${slug} ${state}`)).toEqual([
      '2026-11 open',
      '2026-06 closed',
      '2024-09 closed',
      '2014-07 closed',
    ]);
  });

  it('has one open item for each gap, some of them in hand, and suggestions to decide', async () => {
    const { store, directory } = test.services;
    const items = await readOpenOutreach(store);
    const gaps = directory.current().cities.filter(({ isGap }) => isGap);

    expect(items.map(({ city }) => city).sort()).toEqual(gaps.map(({ slug }) => slug).sort());
    expect(items.filter(({ owner }) => owner !== null).length).toBeGreaterThan(2);
    expect((await readNewSuggestions(store)).length).toBeGreaterThan(2);
  });

  it.each([
    paths.home,
    paths.cities,
    cityPath('pittsburgh-pa'),
    cityScorecardPath('pittsburgh-pa'),
    paths.partners,
    paths.groups,
    paths.gaps,
    paths.surveys,
    paths.surveyChanges,
    '/surveys/2026-06',
    paths.collaborations,
    paths.convenings,
    paths.data,
    paths.about,
    paths.suggest,
    paths.signIn,
    '/cities/atlantis',
  ])('says on %s that its data is invented', async (path) => {
    expect(load((await get(path)).text)('.site-banner').text()).toContain('Sample data');
  });

  it('says so to staff too', async () => {
    const { agent } = await signInAs(test, { staff: true });

    for (const path of [paths.staff.home, paths.staff.surveys]) {
      expect(load((await agent.get(path)).text)('.site-banner')).toHaveLength(1);
    }
    const table = await agent.get(paths.staff.surveyBarriers).expect(200);
    expect(table.headers['content-disposition']).toContain('sample-data');
  });

  it.each([
    `${paths.api.cities}.csv`,
    `${paths.api.groups}.csv`,
    paths.surveyTables.changes,
    paths.surveyTables.levels,
    surveyExportPath('2026-06', 'csv'),
  ])('says so in the name of %s', async (path) => {
    const answer = await get(path).expect(200);

    expect(answer.headers['content-disposition']).toContain('crosswalk-sample-data-');
    expect(answer.headers['crosswalk-sample-data']).toBe('true');
  });

  it.each([
    `${paths.api.cities}.geojson`,
    paths.api.groups,
    `${paths.api.waves}/2026-06/answers`,
    `${paths.api.near}?place=Tulsa,%20OK`,
  ])('says so within %s', async (path) => {
    const answer = await get(path).expect(200);

    expect(JSON.parse(answer.text)).toHaveProperty('sampleData', true);
  });

  it('is told by its store, however that is opened', async () => {
    expect(await isSampleData(test.services.store)).toBe(true);
  });
});

describe('a directory that is real', () => {
  it('says nothing of the kind', async () => {
    const real = await startTestApp({ seed: true });
    const page = await request(real.app).get(paths.home);
    const table = await request(real.app).get(`${paths.api.cities}.csv`);
    await real.close();

    expect(load(page.text)('.site-banner')).toHaveLength(0);
    expect(table.headers['content-disposition']).toContain('"crosswalk-cities.csv"');
    expect(table.headers['crosswalk-sample-data']).toBeUndefined();
  });
});

describe('its chance', () => {
  it('is the same each time', () => {
    const draw = () => {
      const chance = makeChance(7);
      return [chance.next(), chance.pick(['a', 'b', 'c']), chance.weighed({ x: 1, y: 2 })];
    };

    expect(draw()).toEqual(draw());
  });
});
