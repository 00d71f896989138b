// The pages about the site and its data, and the page for an address that does not exist.
// The frame around them is in layout.test.ts.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { readPage } from '../support/page.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ seed: true, config: { reachMiles: 30, freshMonths: 18 } });
});
afterAll(() => app.close());

describe('GET /about', () => {
  it('explains every flag with its shape, its rule and its count of how many', async () => {
    const page = await readPage(app, '/about');

    const shapes = page.$('table tbody tr:has(svg)');
    expect(shapes.length).toBe(9);
    const rows = shapes.toArray().map((row) => page.$(row).text());
    expect(rows.filter((row) => /\d+ of 33/.test(row)).length).toBe(8);
    expect(rows.filter((row) => row.includes('A gap.')).length).toBe(5);
  });

  it('says the reach and the freshness that this directory runs with', async () => {
    const page = await readPage(app, '/about');

    const text = page.texts('main')[0];
    expect(text).toContain('within 30 miles');
    expect(text).toContain('counts for 18 months');
  });

  it('is marked in the navigation', async () => {
    const page = await readPage(app, '/about');

    expect(page.texts('header nav [aria-current="page"]')).toEqual(['About', 'About']);
  });
});

describe('GET /data', () => {
  it('counts the rows of each table', async () => {
    const page = await readPage(app, '/data');

    const rows = page.$('table tbody tr').toArray();
    const counts = rows.map((row) => page.$(row).find('td').first().text());
    expect(counts.slice(1)).toEqual(['48', '229', '23', '41', '1']);
  });

  it('links to downloads that are there', async () => {
    const page = await readPage(app, '/data');

    const links = page
      .$('table a')
      .toArray()
      .map((link) => page.$(link).attr('href') ?? '');
    expect(links.length).toBe(15);
    for (const link of [...links, '/api/v1/openapi.json']) {
      expect([link, (await request(app.app).get(link)).status]).toEqual([link, 200]);
    }
  });

  it('says revision, licence and how to cite it', async () => {
    const page = await readPage(app, '/data');

    expect(page.texts('#fresh-title + p')[0]).toMatch(/revision \d+, made/);
    expect(page.$('a[rel="license"]').attr('href')).toBe(
      'https://creativecommons.org/licenses/by/4.0/',
    );
    expect(page.texts('.citation')[0]).toContain('http://localhost:3000/data');
  });
});

describe('an address that does not exist', () => {
  it('is a 404 page that says what to do next', async () => {
    const page = await readPage(app, '/no-such-page');

    expect(page.status).toBe(404);
    expect(page.title).toBe('Page not found');
    expect(page.$('form[role="search"]').length).toBe(1);
    expect(page.href('See all cities')).toBe('/cities');
  });
});
