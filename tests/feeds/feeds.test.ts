// What programs read at fixed addresses, over HTTP: kept ready, tagged, whole, and open to search engines as meant.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import * as robotsParser from 'robots-parser';
import request from 'supertest';
import { sitemap, sitemapPages, sitemapPart } from '../../server/features/feeds/sitemap.ts';
import { putGroup } from '../../server/store/put-records.ts';
import { programWriter } from '../../server/store/writer.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aConvening, aGroup, aPartner, someRecords } from '../support/builders.ts';
import { readPage } from '../support/page.ts';

const readRobots = robotsParser.default as unknown as typeof robotsParser.default.default;
const now = new Date('2026-11-22T12:00:00Z');
const base = 'http://localhost:3000';
const planted = aGroup({
  slug: 'planted',
  name: '<script>alert(1)</script>',
  contacts: ['a@b.example'],
});
let test: TestApp;

beforeAll(async () => {
  test = await startTestApp({
    records: someRecords({
      groups: [aGroup(), planted],
      partners: [aPartner()],
      convenings: [aConvening({ start: '2026-12-05' })],
    }),
    now,
  });
});
afterAll(() => test?.close());

const fixed = [
  ['/changes.atom', 'application/atom+xml; charset=utf-8'],
  ['/convenings.ics', 'text/calendar; charset=utf-8'],
  ['/cities/tulsa-ok.ics', 'text/calendar; charset=utf-8'],
  ['/sitemap.xml', 'application/xml; charset=utf-8'],
  ['/robots.txt', 'text/plain; charset=utf-8'],
  ['/favicon.ico', 'image/x-icon'],
  ['/apple-touch-icon.png', 'image/png'],
] as const;

describe.each(fixed)('GET %s', (address, type) => {
  it('answers with its type and a tag, and with nothing to whoever has it', async () => {
    const first = await request(test.app).get(address);
    const second = await request(test.app)
      .get(address)
      .set('if-none-match', `${first.headers['etag']}`);

    expect(first.status).toBe(200);
    expect(first.headers['content-type']).toBe(type);
    expect(first.headers['etag']).toMatch(/^(W\/)?"/);
    expect(first.headers['set-cookie']).toBeUndefined();
    expect(second.status).toBe(304);
  });

  it('is the same again, and answers HEAD', async () => {
    const [one, other] = [
      await request(test.app).get(address),
      await request(test.app).get(address),
    ];
    const head = await request(test.app).head(address);

    expect(other.text).toBe(one.text);
    expect(head.status).toBe(200);
  });
});

describe('the feed of changes', () => {
  it('tells of a change at once, without what is private', async () => {
    const before = await request(test.app).get('/changes.atom');
    await putGroup(
      test.services.store,
      aGroup({ website: 'https://new.example/', contacts: ['lead@private.example'] }),
      programWriter('web', now),
    );
    await test.services.directory.refresh();
    const after = await request(test.app).get('/changes.atom');

    expect(after.headers['etag']).not.toBe(before.headers['etag']);
    expect(after.text).toContain('Code for Tulsa: website changed');
    expect(after.text).toContain('https://group.example/ → https://new.example/');
    expect(after.text).not.toMatch(/@private|a@b\.example|<script/);
  });

  it('is named in the head of every page', async () => {
    const { $ } = await readPage(test, '/about');

    expect($('link[rel="alternate"][type="application/atom+xml"]').attr('href')).toBe(
      '/changes.atom',
    );
  });
});

it.each(['/changes.atom', '/convenings.ics', '/cities/tulsa-ok.ics'])(
  '%s is open to pages of other sites',
  async (address) => {
    const { headers } = await request(test.app).get(address);

    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
  },
);

describe('the calendars', () => {
  it('are read by another program, and linked where one looks for them', async () => {
    const { text } = await request(test.app).get('/cities/tulsa-ok.ics');
    expect(new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent')).toHaveLength(1);

    const city = await readPage(test, '/cities/tulsa-ok');
    const list = await readPage(test, '/convenings');
    const data = await readPage(test, '/data');
    expect(city.href('Calendar of convenings and next meetings here')).toBe('/cities/tulsa-ok.ics');
    expect(list.href('Calendar')).toBe('/convenings.ics');
    expect(data.$('main a[href="/changes.atom"]')).toHaveLength(1);
    expect(data.$('main a[href="/convenings.ics"]')).toHaveLength(1);
    for (const page of [city, list]) {
      expect(page.$('link[rel="alternate"][type="text/calendar"]')).toHaveLength(1);
    }
  });

  it('of a city that is not there are not there either', async () => {
    expect((await request(test.app).get('/cities/atlantis.ics')).status).toBe(404);
  });
});

describe('the sitemap', () => {
  it('names public pages that answer, each by its own address, once', async () => {
    const { text } = await request(test.app).get('/sitemap.xml');
    const addresses = [...text.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, address]) =>
      String(address),
    );

    expect(new Set(addresses).size).toBe(addresses.length);
    expect(addresses).toContain(`${base}/groups/code-for-tulsa`);
    expect(text).toContain(`${base}/groups/code-for-tulsa</loc><lastmod>2026-11-22</lastmod>`);
    for (const address of addresses) {
      const page = await readPage(test, address.replace(base, ''));
      expect([address, page.status]).toEqual([address, 200]);
      expect(page.$('link[rel="canonical"]').attr('href')).toBe(address);
      expect(page.$('meta[name="robots"]')).toHaveLength(0);
    }
  });

  it('is parted with an index where one file cannot hold it', async () => {
    const pages = sitemapPages(test.services.directory.current());
    const index = sitemap(pages, base, 10);
    const parts = [...index.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, address]) => address);
    const held = parts.map((_, part) => sitemapPart(pages, part + 1, base, 10) ?? '');

    expect(parts[0]).toBe(`${base}/sitemap-1.xml`);
    expect(held.join('').match(/<url>/g)).toHaveLength(pages.length);
    expect(held.every((part) => (part.match(/<url>/g) ?? []).length <= 10)).toBe(true);
    expect(sitemapPart(pages, parts.length + 1, base, 10)).toBeUndefined();
    expect((await request(test.app).get('/sitemap-1.xml')).status).toBe(404);
    expect((await request(test.app).get('/sitemap-x.xml')).status).toBe(404);
  });
});

describe('robots.txt', () => {
  it.each([
    ['/', true],
    ['/find', true],
    ['/groups/code-for-tulsa', true],
    ['/suggest', true],
    ['/api/v1/cities.csv', true],
    ['/find?place=Tulsa', false],
    ['/staff', false],
    ['/respond/x', false],
    ['/suggest/x', false],
    ['/stop/x', false],
    ['/subscribe?place=Tulsa', false],
  ])('lets search engines into %s: %s', async (path, isOpen) => {
    const { text } = await request(test.app).get('/robots.txt');
    const robots = readRobots(`${base}/robots.txt`, text);

    expect(robots.isAllowed(base + path, 'Googlebot')).toBe(isOpen);
    expect(robots.getSitemaps()).toEqual([`${base}/sitemap.xml`]);
  });
});
