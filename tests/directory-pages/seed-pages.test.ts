// The lists of gaps, cities and groups and the pages of their records, on the starting directory.
// Paging and sorting, which all lists share, are in lists.test.ts.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { readPage } from '../support/page.ts';
import { columnTexts, readAllPages, rowAddresses, rowNames } from './listing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ seed: true });
});
afterAll(() => app.close());

describe('GET /gaps on the starting directory', () => {
  it('shows 33 of 33 gaps, each with its cause in words and what to do next', async () => {
    const page = await readPage(app, '/gaps');

    expect(page.texts('.listing-count')).toEqual(['33 of 33 gaps']);
    expect(rowNames(page)).toHaveLength(33);
    expect(
      columnTexts(page, 'Cause').filter((text) => /^Not reported yet/.test(text)),
    ).toHaveLength(30);
    for (const next of columnTexts(page, 'What to do next')) expect(next).not.toBe('');
  });

  it('counts the causes, and each count filters by its cause', async () => {
    const page = await readPage(app, '/gaps?state=TN');

    expect(page.texts('.legend-row')).toEqual([
      'No group in reach 2',
      'Groups look asleep 1',
      'Not reported yet 30',
    ]);
    expect(page.href('No group in reach 2')).toBe('/gaps?flag=no-group&state=TN');
  });

  it('filters by cause', async () => {
    const page = await readPage(app, '/gaps?flag=no-group,dormant');

    expect(page.texts('.listing-count')).toEqual(['3 of 33 gaps']);
    expect(rowNames(page)).toEqual(['Grand Rapids, MI', 'Memphis, TN', 'New Haven, CT']);
    expect(columnTexts(page, 'People')).toEqual(['195,097', '655,770', '130,322']);
  });

  it('sorts the farthest nearest group last', async () => {
    const page = await readPage(app, '/gaps?sort=nearest');

    expect(rowAddresses(page).at(-1)).toBe('/cities/memphis-tn');
  });

  it('says that a nearest group is not known to be live', async () => {
    const page = await readPage(app, '/gaps?flag=no-group&state=CT');

    expect(columnTexts(page, 'Nearest group')).toEqual([
      'Code for Connecticut 34 miles away; not known to be live',
    ]);
  });

  it('takes a flag that is no gap as no filter', async () => {
    const page = await readPage(app, '/gaps?flag=leads&show=all');

    expect(page.texts('.listing-count')).toEqual(['33 of 33 gaps']);
    expect(page.$('link[rel="canonical"]').attr('href')).toMatch(/\/gaps$/);
  });

  it('offers exactly its selection as CSV, and the same cities to the map', async () => {
    const page = await readPage(app, '/gaps?flag=no-group');

    const csv = await request(app.app).get(page.href('CSV') ?? '');
    const places = page.$('[data-places=cities]').attr('href') ?? '';
    const map = await request(app.app).get(places);

    expect(csv.text.trim().split(/\r?\n/)).toHaveLength(3);
    const { features } = JSON.parse(map.text) as { features: { properties: { slug: string } }[] };
    expect(features.map((feature) => feature.properties.slug).sort()).toEqual([
      'memphis-tn',
      'new-haven-ct',
    ]);
  });
});

describe('GET /cities on the starting directory', () => {
  it('shows the 33 partner cities by default and every city on request', async () => {
    const partnerCities = await readPage(app, '/cities');
    const all = await readPage(app, '/cities?show=all');

    expect(partnerCities.texts('.listing-count')).toEqual(['33 of 33 partner cities']);
    expect(all.texts('.listing-count strong')[0]).toMatch(/^(\d+) of \1 cities$/);
  });

  it.each(['/cities', '/cities?show=all', '/cities?flag=no-group', '/cities?q=st'])(
    'shows the cities of %s that its JSON gives',
    async (address) => {
      const pages = await readAllPages(app, address);

      const json = pages[0]?.href('JSON') ?? '';
      const answer = await request(app.app).get(`${json}&limit=500`);

      const { items } = answer.body as { items: { slug: string }[] };
      expect(pages.flatMap(rowAddresses).sort()).toEqual(
        items.map(({ slug }) => `/cities/${slug}`).sort(),
      );
    },
  );
});

describe('GET /groups on the starting directory', () => {
  it('names every group once over its pages, those of other countries too', async () => {
    const names = (await readAllPages(app, '/groups')).flatMap(rowAddresses);

    expect(new Set(names).size).toBe(229);
    expect((await readPage(app, '/groups?country=DE')).texts('.listing-count')).toEqual([
      '19 of 229 groups',
    ]);
  });

  it('finds a group by an old name', async () => {
    expect(rowNames(await readPage(app, '/groups?q=open+data+stl'))[0]).toMatch(/^OpenSTL/);
  });

  it.each([
    ['of a state', '/groups?q=open+nc', 'All of North Carolina'],
    ['of a country', '/groups?q=ireland', 'Ireland, the whole country'],
  ])('says where a group %s stands', async (_case, address, place) => {
    expect(columnTexts(await readPage(app, address), 'Place')).toContain(place);
  });
});

describe('GET /cities/:slug on the starting directory', () => {
  it('says when the flag holds, the last known tie with its source, and what to do next', async () => {
    const page = await readPage(app, '/cities/st-louis-mo');
    const text = page.texts('main')[0] ?? '';

    expect(page.title).toBe('St. Louis, MO');
    expect(text).toContain('Not reported yet');
    expect(text).toContain('Last known: extensive, 2017');
    expect(page.texts('section[aria-labelledby=next] h2')).toEqual(['What to do next']);
    expect(page.texts('section[aria-labelledby=convenings] li')[0]).toContain('Build4STL 2017');
  });

  it('says plainly that no group is in reach, and names the nearest one', async () => {
    const text = (await readPage(app, '/cities/memphis-tn')).texts('main')[0] ?? '';

    expect(text).toContain('No civic tech group that is not closed is known within 25 miles.');
    expect(text).toMatch(/Code for Little Rock, 13\d miles away/);
  });

  it('answers every city, partner and group with a page of its own', async () => {
    const { directory } = app.services;
    const { cities, partners, groups } = directory.current();
    const addresses = [
      ...cities.map(({ slug }) => `/cities/${slug}`),
      ...partners.map(({ slug }) => `/partners/${slug}`),
      ...groups.map(({ slug }) => `/groups/${slug}`),
    ];

    const answers = await Promise.all(
      addresses.filter((_one, index) => index % 7 === 0).map((one) => readPage(app, one)),
    );

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  });
});

describe('a record that is not in the directory', () => {
  it.each([
    ['city', '/cities/st-louis', 'St. Louis, MO'],
    ['NNIP partner', '/partners/rise-development', 'Rise Community Development'],
    ['civic tech group', '/groups/code-pittsburgh', 'Code for Pittsburgh'],
  ])('is a 404 that names the %s and offers near names', async (noun, address, near) => {
    const page = await readPage(app, address);

    expect(page.status).toBe(404);
    expect(page.title).toBe(`No ${noun} of this name`);
    expect(page.texts('main .lede')[0]).toContain(`“${address.split('/').at(-1)}”`);
    expect(page.href(near)).toBeDefined();
  });
});
