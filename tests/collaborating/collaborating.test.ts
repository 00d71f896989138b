// The public pages of collaborations and convenings: lists, filters, dates, links to known groups, hidden drafts.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aCollaboration, aConvening, aGroup, aPartner, someRecords } from '../support/builders.ts';
import { readPage } from '../support/page.ts';

describe('collaborations and convenings of the starting directory', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ seed: true });
  });
  afterAll(() => app.close());

  it('lists every collaboration, the latest first', async () => {
    const page = await readPage(app, '/collaborations');
    const [count = ''] = page.texts('.listing-count strong');

    expect(count).toBe('23 of 23 collaborations');
    expect(page.texts('tbody th')).toHaveLength(23);
  });

  it('filters collaborations by city, and gives the same selection as CSV', async () => {
    const page = await readPage(app, '/collaborations?city=st-louis-mo');
    const csv = await request(app.app).get(page.href('CSV') ?? '');

    expect(page.texts('tbody th')).toHaveLength(2);
    expect(csv.text.trim().split(/\r?\n/)).toHaveLength(3);
  });

  it('lists every convening, the newest first, and says which have no one city', async () => {
    const page = await readPage(app, '/convenings');

    expect(page.texts('.listing-count')).toEqual(['41 of 41 convenings']);
    expect(page.texts('tbody th')[0]).toBe('Baltimore Data Week 2023');
    expect(page.texts('td[data-label="Where"]')).toContain('In many cities or online');
  });

  it('says dates as exactly as they are known', async () => {
    const whens = (await readPage(app, '/convenings')).texts('td[data-label="When"]');

    expect(whens).toContain('17 to 21 July 2023 Past');
    expect(whens).toContain('June 2013 Past');
    expect(whens).toContain('2013 Past');
    expect(whens).toContain('31 May to 1 June 2014 Past');
  });
});

describe('records of one city', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({
      records: someRecords({
        partners: [aPartner()],
        groups: [aGroup()],
        collaborations: [
          aCollaboration({ from: '2024', to: '2025' }),
          aCollaboration({ title: 'A second one', group: null, groupName: 'some volunteers' }),
          aCollaboration({ title: 'Not ready', state: 'draft' }),
        ],
        convenings: [
          aConvening({ partners: ['tulsa-data-center'] }),
          aConvening({ name: 'Next spring', start: '2027-03' }),
          aConvening({ name: 'This month', start: '2026-11' }),
          aConvening({ name: 'Everywhere', city: null, place: '', website: null }),
        ],
      }),
    });
  });
  afterAll(() => app.close());

  it('tells who worked together and when, and links those that the directory has', async () => {
    const page = await readPage(app, '/collaborations/a-map-of-vacant-lots');

    expect(page.texts('.facts')[0]).toContain('When 2024 to 2025');
    expect(page.href('Tulsa Data Center')).toBe('/partners/tulsa-data-center');
    expect(page.href('Code for Tulsa')).toBe('/groups/code-for-tulsa');
    expect(page.href('A second one')).toBe('/collaborations/a-second-one');
  });

  it('names a group that the directory has not, without a link', async () => {
    const page = await readPage(app, '/collaborations/a-second-one');

    expect(page.texts('.facts')[0]).toContain('some volunteers');
    expect(page.href('some volunteers')).toBeUndefined();
  });

  it('keeps a draft to itself', async () => {
    expect((await readPage(app, '/collaborations/not-ready')).status).toBe(404);
    expect((await readPage(app, '/collaborations')).texts('tbody th')).not.toContain('Not ready');
  });

  it.each([
    ['tulsa-data-day', 'Past: 10 September 2026. Tulsa, OK.'],
    ['next-spring', 'Upcoming: March 2027. Tulsa, OK.'],
    ['this-month', 'Upcoming: November 2026. Tulsa, OK.'],
    ['everywhere', 'Past: 10 September 2026. In many cities or online.'],
  ])('says when and where %s is', async (slug, words) => {
    const page = await readPage(app, `/convenings/${slug}`);

    expect(page.texts('.lede')).toEqual([words]);
    expect(JSON.parse(page.$('script[type="application/ld+json"]').text())).toMatchObject({
      '@type': 'Event',
    });
  });

  it('says who goes, or that nobody is known to', async () => {
    expect((await readPage(app, '/convenings/tulsa-data-day')).href('Tulsa Data Center')).toBe(
      '/partners/tulsa-data-center',
    );
    expect((await readPage(app, '/convenings/everywhere')).texts('main')[0]).toContain(
      'No partner or group is known to have gone or to go.',
    );
  });

  it.each([
    ['/collaborations/a-map', 'A map of vacant lots'],
    ['/convenings/data-day', 'Tulsa Data Day'],
  ])('answers %s with a 404 that offers %s', async (address, near) => {
    const page = await readPage(app, address);

    expect(page.status).toBe(404);
    expect(page.href(near)).toBeDefined();
  });
});
