// The finder: the sentence that answers, the groups nearest first, distances, other places of a name, near spellings.
// How its address is read is in find-query.test.ts.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aCity, aGroup, aPartner } from '../support/builders.ts';
import { readPage } from '../support/page.ts';

describe('GET /find on the starting directory', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ seed: true });
  });
  afterAll(() => app.close());

  const find = (query: Record<string, string>) =>
    readPage(app, `/find?${new URLSearchParams(query)}`);

  it('asks, with examples, where nothing was asked', async () => {
    const page = await find({ place: ' ' });

    expect(page.status).toBe(200);
    expect(page.title).toBe('Find a civic tech group near you');
    expect(page.href('15213')).toBe('/find?place=15213');
  });

  it('answers with a sentence first, then the groups, nearest first', async () => {
    const page = await find({ place: 'Tulsa, OK' });

    expect(page.title).toBe('2 groups within 50 miles of Tulsa, OK');
    expect(page.texts('#list article h3')).toEqual(['Code for Tulsa', 'Code for Muskogee']);
    expect(page.texts('#list article header p')).toEqual([
      'less than a mile away',
      '45 miles away',
    ]);
  });

  it('shows three groups even where fewer are near, for the nearest may be asleep', async () => {
    const page = await find({ place: '15213' });

    expect(page.title).toBe('1 group within 50 miles of 15213 Pittsburgh, PA');
    expect(page.texts('#list h3')).toEqual(['Code for Pittsburgh']);
    expect(page.$('[aria-labelledby="farther-title"] article').length).toBe(2);
  });

  it('has the map mark the place that was asked for', async () => {
    const page = await find({ place: '15213' });

    expect(page.$('[data-module="map"]').attr('data-asked')).toBe('40.444,-79.9552');
    expect(page.texts('.map-key li')).toContain('You asked for 15213 Pittsburgh, PA');
  });

  it('shows the nearest fifty, and counts all', async () => {
    const page = await find({ lat: '39.77', lng: '-86.16', within: '500' });
    const all = app.services.directory
      .current()
      .nearestGroups({ lat: 39.77, lng: -86.16 }, { withinMiles: 500 });

    const names = all.slice(0, 50).map(({ group }) => group.name);
    expect(all.length).toBeGreaterThan(50);
    expect(page.title).toBe(`${all.length} groups within 500 miles of the point 39.77, -86.16`);
    expect(page.texts('#list article h3')).toEqual(names);
    expect(page.texts('#list h2')).toContain('The nearest 50 of them, nearest first');
    const data = JSON.parse(page.$('script[type="application/ld+json"]').text());
    expect([data.numberOfItems, data.itemListElement.length]).toEqual([all.length, 50]);
  });

  it('keeps the question in its field', async () => {
    const page = await find({ place: '15213', within: '25' });

    expect(page.$('#place').val()).toBe('15213');
    expect(page.$('input[name="within"]').val()).toBe('25');
    expect(page.texts('article h3')[0]).toBe('Code for Pittsburgh');
  });

  it('does not take a listing for a sign of life', async () => {
    const page = await find({ place: 'Tulsa, OK' });

    expect(page.texts('article .liveness')[0]).toBe('listed, February 2023, not checked since');
  });

  it('says where the nearest ones are when none is near', async () => {
    const page = await find({ place: 'Memphis, TN', within: '25' });

    expect(page.status).toBe(200);
    expect(page.title).toBe('No groups within 25 miles of Memphis, TN');
    expect(page.texts('.find-answer .lede')).toEqual([
      'The nearest is Code for Little Rock in Little Rock, AR, 130 miles away.',
    ]);
    expect(page.$('article').length).toBe(3);
    expect(page.href('Look within 250 miles')).toBe('/find?place=Memphis%2C+TN&within=250');
    expect(page.href('See all groups in Tennessee')).toBe('/groups?state=TN');
  });

  it('names the NNIP partner of the place', async () => {
    const page = await find({ place: 'Memphis, TN' });

    expect(page.texts('#partner-title')).toEqual(['The NNIP partner here']);
    expect(page.texts('.find-partner h3')).toEqual(['Innovate Memphis']);
  });

  it('names the nearest partner where none works in the area', async () => {
    const page = await find({ place: 'Tulsa, OK' });

    expect(page.texts('#partner-title')).toEqual(['The nearest NNIP partner']);
    expect(page.texts('.find-partner')[0]).toContain('218 miles away');
  });

  it('answers for the biggest place of a name and offers the others above the results', async () => {
    const page = await find({ place: 'Springfield' });

    expect(page.title).toBe('1 group within 50 miles of Springfield, MO');
    expect(page.href('Springfield, MA')).toBe('/find?place=Springfield%2C+MA');
  });

  it('is a 404 in words for a place that nobody knows', async () => {
    const page = await find({ place: 'nowhere at all' });

    expect(page.status).toBe(404);
    expect(page.title).toBe('We found no place called “nowhere at all”');
    expect(page.$('#place').val()).toBe('nowhere at all');
    expect(page.$('meta[name="robots"]').attr('content')).toBe('noindex');
  });

  it('offers near spellings of a mistyped name', async () => {
    const page = await find({ place: 'Pittsbrugh, PA' });

    expect(page.status).toBe(404);
    expect(page.href('Pittsburgh, PA')).toBe('/find?place=Pittsburgh%2C+PA');
  });

  it('escapes what was typed', async () => {
    const page = await find({ place: '<b>"x"</b>' });

    expect(page.$('h1 b').length).toBe(0);
    expect(page.$('#place').val()).toBe('<b>"x"</b>');
  });

  it('answers for a point', async () => {
    const page = await find({ lat: '36.15', lng: '-95.99', within: '10' });

    expect(page.title).toBe('1 group within 10 miles of the point 36.15, -95.99');
  });

  it('counts in kilometres outside the United States', async () => {
    const page = await find({ place: 'Toronto, Canada' });

    expect(page.title).toMatch(/within 80 kilometres of Toronto, Canada$/);
    expect(page.texts('[aria-label="How far to look"] li')).toEqual([
      'Within 20 kilometres',
      'Within 40 kilometres',
      'Within 80 kilometres',
      'Within 160 kilometres',
      'Within 400 kilometres',
    ]);
    expect(page.href('See all groups in Canada')).toBe('/groups?country=CA');
  });

  it('offers a distance of its own only once', async () => {
    const page = await find({ place: 'Toronto, Canada', within: '25' });

    expect(page.texts('[aria-label="How far to look"] [aria-current]')).toEqual([
      'Within 40 kilometres',
    ]);
    expect(page.$('[aria-label="How far to look"] li').length).toBe(5);
  });

  it('shows the distance asked for among those on offer', async () => {
    const page = await find({ place: 'New Haven, CT', within: '40' });

    expect(page.texts('#list h3')).toEqual(['Code for Connecticut']);
    expect(page.texts('[aria-label="How far to look"] [aria-current]')).toEqual([
      'Within 40 miles',
    ]);
  });

  it('marks the distance that is chosen', async () => {
    const page = await find({ place: 'Tulsa, OK', within: '100' });

    expect(page.texts('[aria-label="How far to look"] [aria-current]')).toEqual([
      'Within 100 miles',
    ]);
  });

  it('gives search engines the list of groups', async () => {
    const page = await find({ place: 'Tulsa, OK' });

    const data = JSON.parse(page.$('script[type="application/ld+json"]').text());
    expect(data['@type']).toBe('ItemList');
    expect(data.itemListElement[0].url).toBe('http://localhost:3000/groups/code-for-tulsa');
  });
});

describe('GET /find', () => {
  it('says the next meeting, the old names and how to join, and leaves closed groups and private contacts out', async () => {
    const app = await startTestApp({
      records: {
        cities: [aCity()],
        partners: [aPartner({ status: 'former' })],
        groups: [
          aGroup({
            eventsUrl: 'https://meet.example/',
            previousNames: ['Open Tulsa'],
            contacts: ['secret@group.example'],
            signs: [
              { kind: 'next-event', date: '2026-12-14', source: 'its calendar', url: null },
              { kind: 'last-event', date: '2026-11-01', source: 'its calendar', url: null },
            ],
          }),
          aGroup({ name: 'Gone Group', closed: { date: '2020', reason: 'it said so' } }),
        ],
      },
    });

    const page = await readPage(app, '/find?place=Tulsa%2C+OK');
    await app.close();

    const [card] = page.texts('article');
    expect(page.$('article').length).toBe(1);
    expect(card).toContain('Next meeting: 14 December 2026');
    expect(card).toContain('Known before as Open Tulsa');
    expect(page.href('See its meetings')).toBe('https://meet.example/');
    expect(page.$.html()).not.toContain('secret@group.example');
    expect(page.$('#partner-title').length).toBe(0);
  });
});
