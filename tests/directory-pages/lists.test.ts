// What the lists of the directory share: pages of fifty, sorting, kept filters and a table that is read aloud.
// What each list says on the starting directory is in seed-pages.test.ts.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { groupKinds, livenessStates } from '../../server/domain/words.ts';
import { withQuery } from '../../server/paths.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aGroup, someRecords } from '../support/builders.ts';
import { readPage } from '../support/page.ts';
import { columnTexts, header, readAllPages, rowAddresses, rowNames } from './listing.ts';

const manyGroups = Array.from({ length: 124 }, (_none, index) =>
  aGroup({
    name: `Group ${String(index).padStart(3, '0')}`,
    kind: groupKinds[index % groupKinds.length] ?? 'other',
    city: index % 3 === 0 ? 'tulsa-ok' : 'memphis-tn',
    topics: index % 2 === 0 ? ['housing'] : [],
    signs:
      index % 4 === 0
        ? [{ kind: 'last-event', date: '2026-10-01', source: 'its calendar', url: null }]
        : [],
  }),
);

describe('a list over several pages', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ records: someRecords({ groups: manyGroups }) });
  });
  afterAll(() => app.close());

  it('shows fifty rows on a page and says of how many', async () => {
    const page = await readPage(app, '/groups');

    expect(rowNames(page)).toHaveLength(50);
    expect(page.texts('.listing-count')).toEqual(['124 of 124 groups 1 to 50 are on this page.']);
    expect(page.texts('[aria-current="page"]')).toContain('Page 1');
  });

  it('shows each selected record exactly once over its pages, whatever the sort and the filters', async () => {
    const choice = <T>(values: readonly T[]) => fc.constantFrom(null, ...values);
    const query = fc.record({
      sort: choice(['name', 'place', 'kind', 'liveness', 'partners', 'nonsense']),
      direction: choice(['asc', 'desc', 'sideways']),
      kind: choice([...groupKinds, 'nonsense']),
      liveness: choice([...livenessStates, 'live,quiet']),
      topic: choice(['housing']),
      state: choice(['OK', 'TN', 'nonsense']),
      q: choice(['group', '01']),
    });

    await fc.assert(
      fc.asyncProperty(query, async (asked) => {
        const pages = await readAllPages(app, withQuery('/groups', asked));
        const seen = pages.flatMap(rowAddresses);
        const [count = ''] = pages[0]?.texts('.listing-count strong') ?? [];

        expect(new Set(seen).size).toBe(seen.length);
        expect(count).toBe(`${seen.length} of 124 groups`);
      }),
      { numRuns: 25 },
    );
  });

  it('keeps filters and sort in the links to other pages', async () => {
    const page = await readPage(app, '/groups?topic=housing&sort=name&direction=desc');

    expect(page.href('Next page')).toBe('/groups?topic=housing&direction=desc&page=2');
  });

  it.each([
    ['zero', '/groups?page=0'],
    ['one after the last', '/groups?page=4'],
    ['no number', '/groups?page=first'],
    ['negative', '/groups?page=-1'],
    ['no longer there after a filter', '/groups?kind=brigade&page=2'],
  ])('answers 404 in words for a page that is %s', async (_case, address) => {
    const page = await readPage(app, address);

    expect(page.status).toBe(404);
    expect(page.texts('main p').join(' ')).toMatch(/There is no page “.+” of groups: /);
  });
});

describe('sorting', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({
      records: someRecords({
        groups: [
          aGroup({ name: 'Beta', kind: 'meetup' }),
          aGroup({ name: 'alpha', kind: 'brigade' }),
          aGroup({ name: 'Gamma 10' }),
          aGroup({ name: 'Gamma 9' }),
        ],
      }),
    });
  });
  afterAll(() => app.close());

  it('takes names as people read them: case aside, numbers by size', async () => {
    expect(rowNames(await readPage(app, '/groups'))).toEqual([
      'alpha',
      'Beta',
      'Gamma 9',
      'Gamma 10',
    ]);
  });

  it('turns round with direction=desc', async () => {
    expect(rowNames(await readPage(app, '/groups?direction=desc'))[0]).toBe('Gamma 10');
  });

  it('marks the sorted column for screen readers, in an attribute and in words', async () => {
    const page = await readPage(app, '/groups?sort=kind&direction=desc');

    expect(header(page, 'Kind').attr('aria-sort')).toBe('descending');
    expect(header(page, 'Kind').find('.visually-hidden').text()).toBe(', sorted descending');
    expect(header(page, 'Group').attr('aria-sort')).toBeUndefined();
  });

  it('offers the other direction on the sorted column and keeps the filters', async () => {
    const page = await readPage(app, '/groups?sort=kind&q=a');

    expect(header(page, 'Kind').find('a').attr('href')).toBe(
      '/groups?q=a&sort=kind&direction=desc',
    );
    expect(header(page, 'Group').find('a').attr('href')).toBe('/groups?q=a');
  });

  it.each([
    ['an unknown sort', '/groups?sort=nonsense', '/groups'],
    ['an unknown direction', '/groups?direction=sideways', '/groups'],
    ['an unknown filter value', '/groups?kind=nonsense&liveness=', '/groups'],
    ['every default spelled out', '/groups?sort=name&direction=asc&page=1&q=', '/groups'],
    ['names it does not know', '/groups?utm_source=x&__proto__=y', '/groups'],
  ])('falls back to the default for %s', async (_case, address, canonical) => {
    const page = await readPage(app, address);

    expect(page.status).toBe(200);
    expect(rowNames(page)).toHaveLength(4);
    expect(page.$('link[rel="canonical"]').attr('href')).toBe(`http://localhost:3000${canonical}`);
  });

  it('keeps the sort when filters are sent, and one link takes the filters back', async () => {
    const page = await readPage(app, '/groups?kind=meetup&sort=liveness');

    expect(page.$('form.filters input[type=hidden][name=sort]').attr('value')).toBe('liveness');
    expect(page.href('Take all filters back')).toBe('/groups');
  });

  it('says why a selection is empty and how to get out of it', async () => {
    const page = await readPage(app, '/groups?q=nobody');

    expect(page.texts('.empty h2')).toEqual(['No groups fit these filters']);
    expect(page.href('Show all groups')).toBe('/groups');
    expect(page.texts('.listing-count')).toEqual(['0 of 4 groups']);
  });
});

describe('the table of a list', () => {
  it('has a caption and scoped headers, and names each value for narrow screens', async () => {
    const app = await startTestApp({ records: someRecords({ groups: [aGroup()] }) });

    const page = await readPage(app, '/groups');

    expect(page.$('table caption').text()).not.toBe('');
    expect(page.$('thead th:not([scope=col]), tbody th:not([scope=row])')).toHaveLength(0);
    expect(page.$('tbody td:not([data-label])')).toHaveLength(0);
    expect(columnTexts(page, 'Place')).toEqual(['Tulsa, OK']);
    await app.close();
  });
});
