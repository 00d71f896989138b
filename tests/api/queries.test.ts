// Queries of the API: those that cannot be read are refused with the name of the field, and filters select the
// same records in every format. How a filter is read and applied is in directory/filters.test.ts.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toCityItem } from '../../server/features/api/records/city.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aCity, aGroup, aPartner } from '../support/builders.ts';
import { aDirectory } from '../support/directory.ts';
import { ask, bodyOf, type Description, read, readDescription } from './api.ts';

let app: TestApp;
let description: Description;

beforeAll(async () => {
  app = await startTestApp({
    records: {
      cities: [aCity(), aCity({ slug: 'dallas-tx', lat: 32.78, lng: -96.8 })],
      partners: [aPartner()],
      groups: [
        aGroup({ topics: ['housing'] }),
        aGroup({ name: 'Open Dallas', kind: 'meetup', city: 'dallas-tx', lat: 32.78, lng: -96.8 }),
      ],
    },
  });
  description = await readDescription(app);
});
afterAll(() => app.close());

interface Problem {
  readonly field: string;
  readonly detail: string;
}

describe('a query that the API cannot read', () => {
  it.each([
    ['/api/v1/cities?flag=purple', 'flag'],
    ['/api/v1/cities?flag=leads,purple', 'flag'],
    ['/api/v1/cities?flag=leads&flag=purple', 'flag'],
    ['/api/v1/cities?flag[$ne]=leads', 'flag[$ne]'],
    ['/api/v1/cities?flag[]=leads', 'flag[]'],
    ['/api/v1/cities?state=Pennsylvania', 'state'],
    ['/api/v1/cities?state=PA&state=NY', 'state'],
    ['/api/v1/cities?country=12', 'country'],
    ['/api/v1/cities?country=XQ', 'country'],
    ['/api/v1/cities?show=some', 'show'],
    ['/api/v1/cities?limit=0', 'limit'],
    ['/api/v1/cities?limit=501', 'limit'],
    ['/api/v1/cities?limit=-1', 'limit'],
    ['/api/v1/cities?limit=1.5', 'limit'],
    ['/api/v1/cities?limit=0x10', 'limit'],
    ['/api/v1/cities?limit=ten', 'limit'],
    ['/api/v1/cities?limit=10&limit=20', 'limit'],
    ['/api/v1/cities?cursor=nonsense', 'cursor'],
    ['/api/v1/cities?cursor=e30', 'cursor'],
    ['/api/v1/cities?page=2', 'page'],
    ['/api/v1/cities?__proto__=1', '__proto__'],
    ['/api/v1/cities?constructor=1', 'constructor'],
    [`/api/v1/cities?q=${'x'.repeat(201)}`, 'q'],
    ['/api/v1/cities.geojson?limit=10', 'limit'],
    ['/api/v1/cities.csv?flag=purple', 'flag'],
    ['/api/v1/cities/tulsa-ok?flag=leads', 'flag'],
    ['/api/v1/partners?status=retired', 'status'],
    ['/api/v1/groups?kind=club', 'kind'],
    ['/api/v1/groups?liveness=undead', 'liveness'],
    ['/api/v1/groups?city=Tulsa, OK', 'city'],
    ['/api/v1/gaps?flag=leads', 'flag'],
    ['/api/v1/collaborations?partner=!', 'partner'],
    ['/api/v1/convenings?city=!', 'city'],
    ['/api/v1/waves?state=open', 'state'],
    ['/api/v1/matches', 'partner'],
    ['/api/v1/matches?partner=nobody', 'partner'],
    ['/api/v1/matches?group=nobody', 'group'],
    ['/api/v1/matches?partner=a&city=b', 'city'],
    ['/api/v1/matches?partner=a&limit=0', 'limit'],
    ['/api/v1/near', 'place'],
    ['/api/v1/near?place=', 'place'],
    ['/api/v1/near?lat=36', 'lng'],
    ['/api/v1/near?lng=-95', 'lat'],
    ['/api/v1/near?lat=91&lng=0', 'lat'],
    ['/api/v1/near?lat=36&lng=181', 'lng'],
    ['/api/v1/near?lat=north&lng=0', 'lat'],
    ['/api/v1/near?lat=NaN&lng=0', 'lat'],
    ['/api/v1/near?lat=Infinity&lng=0', 'lat'],
    ['/api/v1/near?place=Tulsa&lat=36&lng=-95', 'place'],
    ['/api/v1/near?place=Tulsa&place=Dallas', 'place'],
    ['/api/v1/near?place=Tulsa&within=0', 'within'],
    ['/api/v1/near?place=Tulsa&within=-5', 'within'],
    ['/api/v1/near?place=Tulsa&within=3001', 'within'],
    ['/api/v1/near?place=Tulsa&within=far', 'within'],
    ['/api/v1/near?place=Tulsa&limit=501', 'limit'],
    ['/api/v1/places?q=a&q=b', 'q'],
  ])('is refused with the name of the field: %s', async (address, field) => {
    const response = await ask(app, address);

    expect(response.status).toBe(400);
    const problem = bodyOf<Problem>(response);
    expect(problem.field).toBe(field);
    expect(problem.detail).toContain(field.split('[')[0]);
    expect(problem.detail).toMatch(/\.$/);
  });

  it('is told what the field knows', async () => {
    const { detail } = bodyOf<Problem>(await ask(app, '/api/v1/gaps?flag=purple'));

    expect(detail).toBe(
      'flag does not know “purple”; it knows no-contact, not-aware, no-group, dormant, not-reported.',
    );
  });

  it('is refused in words where the path cannot be read', async () => {
    const response = await ask(app, '/api/v1/cities/%E0%A4%A');

    expect(response.status).toBe(400);
    description.expectDescribed(response, '/api/v1/cities/{slug}');
  });
});

describe('filters of the API', () => {
  const slugs = async (address: string) =>
    (await read<{ items: { slug: string }[] }>(app, address)).items.map(({ slug }) => slug);

  it('take a blank value for none', async () => {
    expect(await slugs('/api/v1/cities?flag=&state=&limit=&cursor=&q=')).toHaveLength(2);
  });

  it('show cities without a partner too, unless partner cities alone are asked for', async () => {
    expect(await slugs('/api/v1/cities')).toEqual(['dallas-tx', 'tulsa-ok']);
    expect(await slugs('/api/v1/cities?show=partner')).toEqual(['tulsa-ok']);
    expect(await slugs('/api/v1/cities?show=all')).toEqual(['dallas-tx', 'tulsa-ok']);
  });

  it('take several values repeated or separated by commas', async () => {
    const both = ['dallas-tx', 'tulsa-ok'];
    expect(await slugs('/api/v1/cities?flag=no-partner,not-reported,dormant')).toEqual(both);
    expect(await slugs('/api/v1/cities?flag=no-partner&flag=not-reported')).toEqual(both);
  });

  it('narrow groups by kind, city, topic and words', async () => {
    expect(await slugs('/api/v1/groups?kind=meetup')).toEqual(['open-dallas']);
    expect(await slugs('/api/v1/groups?city=tulsa-ok')).toEqual(['code-for-tulsa']);
    expect(await slugs('/api/v1/groups?topic=housing')).toEqual(['code-for-tulsa']);
    expect(await slugs('/api/v1/groups?q=dal')).toEqual(['open-dallas']);
  });

  it('give the same selection in every format', async () => {
    const csv = (await ask(app, '/api/v1/groups.csv?kind=meetup')).body as string;
    const map = await read<{ features: { id: string }[] }>(
      app,
      '/api/v1/groups.geojson?kind=meetup',
    );

    expect(csv.trimEnd().split('\r\n')).toHaveLength(2);
    expect(map.features.map(({ id }) => id)).toEqual(['open-dallas']);
  });
});

describe('a city among many groups', () => {
  it('names the nearest of them, and counts all', () => {
    const city = aCity();
    const groups = Array.from({ length: 40 }, (_, i) =>
      aGroup({ name: `Group ${i}`, slug: `group-${i}`, lat: city.lat + i / 1_000, lng: city.lng }),
    );
    const entry = aDirectory({ cities: [city], groups }).findCity(city.slug);

    const item = entry && toCityItem(entry, '');

    expect(item?.groupsInReach).toBe(40);
    expect(item?.groups).toEqual(groups.slice(0, 25).map(({ slug }) => slug));
  });
});
