// The home page: the list of cities, the legend that counts and filters by flag, and the way to the finder.
// On the starting directory, on one city and on none; the map in a real browser is in browser/map.test.ts.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aCity, aGroup, aPartner, aReport } from '../support/builders.ts';
import { readPage } from '../support/page.ts';

describe('GET / on the starting directory', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ seed: true });
  });
  afterAll(() => app.close());

  it('shows every partner city, and says of how many', async () => {
    const page = await readPage(app, '/');

    expect(page.texts('#list-title')).toEqual(['33 of 33 partner cities']);
    expect(page.$('#list li').length).toBe(33);
  });

  it('counts the flags in a legend that adds up to the partner cities', async () => {
    const page = await readPage(app, '/');

    expect(page.texts('.legend h2')).toEqual(['33 partner cities']);
    expect(page.texts('.legend li')).toEqual([
      'No group in reach 2',
      'Groups look asleep 1',
      'Not reported yet 30',
    ]);
  });

  it('filters by a flag, and marks it as chosen', async () => {
    const page = await readPage(app, '/?flag=no-group');

    expect(page.texts('#list-title')).toEqual(['2 of 33 partner cities']);
    expect(page.texts('.city-row-name')).toEqual(['Memphis, TN', 'New Haven, CT']);
    expect(page.texts('.legend [aria-current]')).toEqual(['No group in reach 2']);
    expect(page.href('Show all flags')).toBe('/');
  });

  it('adds a second flag to the first', async () => {
    const page = await readPage(app, '/?flag=no-group');

    expect(page.href('Groups look asleep 1')).toBe('/?flag=no-group%2Cdormant');
    expect((await readPage(app, '/?flag=no-group%2Cdormant')).$('#list li').length).toBe(3);
  });

  it('takes an unknown flag for none', async () => {
    const page = await readPage(app, '/?flag=green');

    expect(page.status).toBe(200);
    expect(page.$('#list li').length).toBe(33);
    expect(page.$('link[rel="canonical"]').attr('href')).toBe('http://localhost:3000/');
  });

  it('adds the places without a partner when asked', async () => {
    const page = await readPage(app, '/?show=all');

    const [count = ''] = page.texts('#list-title');
    expect(count).toMatch(/^(\d+) of \1 cities$/);
    expect(Number.parseInt(count, 10)).toBeGreaterThan(33);
    expect(page.href('Show partner cities only')).toBe('/');
    expect(page.texts('.legend h2')).toEqual(['33 partner cities']);
  });

  it('leads to the full list where this one would be too long', async () => {
    const page = await readPage(app, '/?show=all');

    expect(page.$('#list li').length).toBe(60);
    expect(page.$('a:contains("in the full list")').attr('href')).toBe('/cities?show=all');
  });

  it('draws the same selection on the map', async () => {
    const page = await readPage(app, '/?flag=dormant');

    expect(page.$('[data-places="cities"]').attr('href')).toBe(
      '/api/v1/cities.geojson?flag=dormant&show=partner',
    );
  });

  it('asks for a place and sends it to the finder', async () => {
    const page = await readPage(app, '/');

    const form = page.$('form[role="search"]');
    const field = page.$(`#${page.$('label:contains("ZIP code")').attr('for')}`);
    expect(form.attr('action')).toBe('/find');
    expect(field.attr('name')).toBe('place');
  });

  it('tells search engines how to search', async () => {
    const page = await readPage(app, '/');

    const data = JSON.parse(page.$('script[type="application/ld+json"]').text());
    expect(data['@type']).toBe('WebSite');
    expect(data.potentialAction.target.urlTemplate).toBe(
      'http://localhost:3000/find?place={search_term_string}',
    );
  });
});

describe('GET / on a directory of one city', () => {
  it('names the partner and the nearest group with its distance', async () => {
    const app = await startTestApp({
      records: {
        cities: [aCity(), aCity({ slug: 'muskogee-ok', lat: 35.748, lng: -95.37 })],
        partners: [aPartner({ name: 'Tulsa <Data>' })],
        groups: [
          aGroup({ name: 'Code for Muskogee', city: 'muskogee-ok', lat: 35.748, lng: -95.37 }),
        ],
        reports: [aReport({ partner: 'tulsa-data', level: 'some' })],
      },
    });

    const page = await readPage(app, '/');
    await app.close();

    expect(page.texts('#list li')).toEqual([
      'Tulsa, OK Some contact Tulsa <Data> Nearest group: Code for Muskogee, 45 miles',
    ]);
  });
});

describe('GET / on an empty directory', () => {
  it('says that there is no city yet', async () => {
    const app = await startTestApp();

    const page = await readPage(app, '/');
    await app.close();

    expect(page.status).toBe(200);
    expect(page.texts('.legend h2')).toEqual(['No partner cities yet']);
  });
});
