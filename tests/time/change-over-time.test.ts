// Change over time, over HTTP: figures equal their tables and counts, closed and opened stand apart, and barriers
// by partner never leave the pages of staff.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import { parse } from 'csv-parse/sync';
import request from 'supertest';
import { makeDemo } from '../../server/demo/make-demo.ts';
import { barriers } from '../../server/domain/words.ts';
import { changeRows } from '../../server/features/survey/changes-page.ts';
import { parseChanges } from '../../server/features/survey/changes-query.ts';
import { levelCounts } from '../../server/features/survey/levels-figure.ts';
import { cityPath, cityScorecardPath, paths, withQuery } from '../../server/paths.ts';
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

const now = () => test.services.directory.current();
const get = (path: string) => request(test.app).get(path);
const rowsOf = (text: string) => parse<Record<string, string>>(text, { columns: true, bom: true });

describe('GET /surveys', () => {
  it('draws every wave in full: its segments add up to "of how many"', async () => {
    const counts = levelCounts(now());
    for (const wave of now().waves) {
      const own = counts.filter((count) => count.wave === wave && !count.isTotal);

      expect(own.reduce((sum, { count }) => sum + count, 0)).toBe(own[0]?.of);
    }
  });

  it('keeps what 2014 counted together, and marks what was inferred', async () => {
    const page = load((await get(paths.surveys).expect(200)).text);
    const first = page('.wave-levels-wave').first().text().replace(/\s+/g, ' ');

    expect(first).toContain('of 25 that answered');
    expect(first).toContain('5 inferred');
    expect(first).toContain('11 inferred');
    expect(first).toContain('No contact, or not aware of a group 6');
    const table = page('.wave-levels-table tbody tr').text().replace(/\s+/g, ' ');
    expect(table).toContain(
      'Leads, has led or is extensively involved (a total of the two below)16',
    );
  });

  it('has the same numbers in its table and its CSV as in its counts', async () => {
    const page = load((await get(paths.surveys)).text);
    const table = page('.wave-levels-table tbody tr')
      .toArray()
      .map((row) => page(row).find('.number').text());
    const csv = rowsOf((await get(paths.surveyTables.levels).expect(200)).text);
    const counts = levelCounts(now()).map(({ count }) => String(count));

    expect(table).toEqual(counts);
    expect(csv.map(({ count }) => count)).toEqual(counts);
  });

  it('never folds not answered into a level', () => {
    for (const { standing, flag } of levelCounts(now())) {
      if (standing === 'not-answered') expect(flag).toBeNull();
    }
  });
});

describe('GET /surveys/changes', () => {
  it('begins the day before the last closed survey opened and ends today', () => {
    expect(parseChanges(now(), {})).toMatchObject({ from: '2026-05-31', to: '2026-11-22' });
  });

  it.each([
    [{ from: 'yesterday', to: '2026-02-30' }, '2026-05-31', '2026-11-22'],
    [{ from: '2999-01-01', to: '3000-01-01' }, '2026-05-31', '2026-11-22'],
    [{ from: '2026-01-01', to: '2025-01-01' }, '2026-05-31', '2026-11-22'],
    [{ from: '0001-01-01' }, '2026-05-31', '2026-11-22'],
    [{ from: '2015-12-22', to: '2017-10-22' }, '2015-12-22', '2017-10-22'],
  ])('reads %j and falls back where the days are wrong', (raw, from, to) => {
    expect(parseChanges(now(), raw)).toMatchObject({ from, to });
  });

  it('puts every partner city in one list, and the totals differ by closed less opened', () => {
    for (const from of ['2014-01-01', '2024-08-01', '2025-03-01', '2026-05-31']) {
      const rows = changeRows(now(), { from, to: now().today, cause: null });
      const count = (kind: string) => rows.filter((row) => row.kind === kind).length;
      const gaps = (kind: string) => count('still-open') + count(kind);

      expect(rows).toHaveLength(33);
      expect(gaps('closed') - gaps('opened')).toBe(count('closed') - count('opened'));
      expect(gaps('opened')).toBe(now().cities.filter(({ isGap }) => isGap).length);
    }
  });

  it('lists closed and opened gaps apart, as many as its figure and its CSV have', async () => {
    const page = load((await get(paths.surveyChanges).expect(200)).text);
    const csv = rowsOf((await get(paths.surveyTables.changes).expect(200)).text);
    for (const kind of ['closed', 'opened']) {
      const listed = page(`section[aria-labelledby="${kind}"] .change-list > li`).length;

      expect(listed).toBeGreaterThan(0);
      expect(csv.filter(({ change }) => change === kind)).toHaveLength(listed);
      expect(page(`#${kind}`).text()).toBe(`${listed} ${kind}`);
    }
    expect(csv).toHaveLength(33);
  });

  it('downloads exactly the selection', async () => {
    const query = { from: '2024-08-01', cause: 'not-reported', change: 'closed' };
    const csv = rowsOf((await get(withQuery(paths.surveyTables.changes, query))).text);
    const rows = changeRows(now(), parseChanges(now(), query));

    expect(csv.map(({ city }) => city)).toEqual(
      rows.filter(({ kind }) => kind === 'closed').map(({ city }) => city.slug),
    );
  });
});

describe('GET /staff/surveys', () => {
  it('counts barriers as the answers name them, and says of how many', async () => {
    const { agent } = await signInAs(test, { staff: true });
    const csv = rowsOf((await agent.get(paths.staff.surveyBarriers).expect(200)).text);
    for (const { wave = '', barrier = '', count, answered } of csv) {
      const reports = [...now().answersIn(wave).final.values()];

      expect(Number(answered)).toBe(reports.length);
      expect(Number(count)).toBe(
        reports.filter((report) => (report.barriers as readonly string[]).includes(barrier)).length,
      );
    }
    expect(csv).toHaveLength(barriers.length * 3);
  });

  it('compares those that answered with those that did not, every trait over all of them', async () => {
    const { agent } = await signInAs(test, { staff: true });
    const csv = rowsOf((await agent.get(paths.staff.surveyAnswering).expect(200)).text);
    for (const trait of new Set(csv.map((row) => row['trait']))) {
      const own = csv.filter((row) => row['trait'] === trait);
      const sum = (name: string) => own.reduce((total, row) => total + Number(row[name]), 0);

      expect([trait, sum('answered'), sum('notAnswered')]).toEqual([
        trait,
        Number(own[0]?.['ofAnswered']),
        Number(own[0]?.['ofNotAnswered']),
      ]);
    }
    const page = load((await agent.get(paths.staff.surveys).expect(200)).text)('main').text();
    expect(page).toContain('do not read a cause into it');
  });

  it('is closed to everyone else', async () => {
    for (const path of [
      paths.staff.surveys,
      paths.staff.surveyBarriers,
      paths.staff.surveyBarrierPartners,
      paths.staff.surveyAnswering,
    ]) {
      const answer = await get(path);

      expect([303, 403]).toContain(answer.status);
      expect(answer.text).not.toContain('barrier,');
    }
  });

  it('is the only place that names a barrier beside its partner', async () => {
    for (const path of [
      paths.surveys,
      paths.surveyChanges,
      paths.surveyTables.changes,
      paths.surveyTables.levels,
      cityScorecardPath('pittsburgh-pa'),
    ]) {
      expect((await get(path).expect(200)).text).not.toMatch(/irregular|no-leadership|barrier/i);
    }
  });
});

describe('GET /cities/:slug/scorecard', () => {
  it('shows flag, groups, answers, levels, examples and the next convening of one city', async () => {
    const page = load((await get(cityScorecardPath('pittsburgh-pa')).expect(200)).text);

    expect(page('.record-flag').text().trim()).not.toBe('');
    expect(
      page('.scorecard h2')
        .map((_, title) => page(title).text())
        .get(),
    ).toEqual([
      'The NNIP partner',
      'How contact went',
      '1 civic tech group in reach',
      'Last answers',
      'Working together',
      'Next convening',
    ]);
  });

  it('is linked from the page of the city, and missing with it', async () => {
    const page = load((await get(cityPath('pittsburgh-pa'))).text);

    expect(page(`a[href="${cityScorecardPath('pittsburgh-pa')}"]`)).toHaveLength(1);
    await get(cityScorecardPath('atlantis')).expect(404);
  });
});
