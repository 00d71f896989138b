// Clients written for the Code for America API, and readers of the Brigade list, against the real application.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import request from 'supertest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aCity, aGroup } from '../support/builders.ts';
import { brigadeListSchema } from './brigade-list-schema.ts';

let test: TestApp;

beforeAll(async () => {
  test = await startTestApp({
    records: {
      cities: [aCity(), aCity({ slug: 'boston-ma', name: 'Boston', state: 'MA' })],
      groups: [
        aGroup({
          name: 'Code for Boston',
          city: 'boston-ma',
          kind: 'brigade',
          tags: ['Brigade', 'Code for America', 'Official'],
          previousNames: ['Boston Brigade'],
          website: 'https://boston.example',
          codeUrl: 'https://code.example/boston',
          lat: 42,
          lng: -71.05,
          contacts: ['hidden@group.example'],
        }),
        aGroup({ name: 'Open-Data/Tulsa?', kind: 'open-data-group', website: null }),
        aGroup({ name: 'Hack Tulsa', kind: 'meetup' }),
        aGroup({
          name: 'Dropped Brigade',
          tags: ['Brigade', 'Official'],
          listing: { list: 'A list', date: '2023-02-21', mark: 'gone' },
        }),
        aGroup({ name: 'Ended Brigade', closed: { date: '2020', reason: 'It ended.' } }),
      ],
    },
  });
});
afterAll(() => test.close());

const get = (address: string) => request(test.app).get(address);

/** As a map of Brigades written for the old API goes about it. */
async function drawOfficialBrigades(): Promise<{ title: string; at: number[] }[]> {
  const { body } = await get('/api/organizations.geojson');
  return body.features
    .filter(
      (org: { properties: { tags: string[]; type: string } }) =>
        org.properties.tags.indexOf('Brigade') !== -1 &&
        org.properties.type.indexOf('Official') !== -1,
    )
    .map((org: { properties: { name: string }; geometry: { coordinates: number[] } }) => ({
      title: org.properties.name,
      at: org.geometry.coordinates,
    }));
}

/** As a client goes through the pages: on as long as there is a next one. */
async function readAllNames(address: string): Promise<string[]> {
  const names: string[] = [];
  for (let next: string | undefined = address; next !== undefined; ) {
    const { body } = await get(next);
    for (const { name } of body.objects) names.push(name);
    next = body.pages.next?.replace('http://localhost:3000', '');
  }
  return names;
}

describe('GET /api/organizations.geojson', () => {
  it('is read by a map that was written for the old API', async () => {
    expect(await drawOfficialBrigades()).toEqual([{ title: 'Code for Boston', at: [-71.05, 42] }]);
  });

  it('holds every field that clients read, with a text for identifier', async () => {
    const { body, headers } = await get('/api/organizations.geojson');
    const boston = body.features.find(
      ({ id }: { readonly id: string }) => id === 'Code-for-Boston',
    );

    expect(boston.properties).toMatchObject({
      id: 'Code-for-Boston',
      name: 'Code for Boston',
      city: 'Boston, MA',
      latitude: 42,
      longitude: -71.05,
      website: 'https://boston.example',
      events_url: null,
      projects_list_url: 'https://code.example/boston',
      type: 'Brigade, Code for America, Official',
      tags: ['Brigade', 'Code for America', 'Official'],
      previous_names: ['Boston Brigade'],
      last_updated: expect.any(Number),
      api_url: 'http://localhost:3000/api/organizations/Code-for-Boston',
    });
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['content-type']).toMatch(/^application\/geo\+json/);
  });

  it('leaves out groups that have closed, and contact addresses', async () => {
    const { text } = await get('/api/organizations.geojson').buffer(true);

    expect(text).not.toContain('Ended Brigade');
    expect(text).not.toContain('hidden@');
  });

  it('takes a filter by tag, whole and whatever its capitals', async () => {
    const named = async (query: string) =>
      (await get(`/api/organizations.geojson?${query}`)).body.features.map(
        ({ properties }: { properties: { name: string } }) => properties.name,
      );

    expect(await named('tags=official')).toEqual(['Code for Boston']);
    expect(await named('tags=Code+for+America,Brigade')).toEqual(['Code for Boston']);
    expect(await named('tags=Brig')).toEqual([]);
  });
});

describe('GET /api/organizations', () => {
  it('is read page by page, each organization once', async () => {
    const all = await readAllNames('/api/organizations?per_page=3');

    expect(all.sort()).toEqual([
      'Code for Boston',
      'Dropped Brigade',
      'Hack Tulsa',
      'Open-Data/Tulsa?',
    ]);
  });

  it('counts the whole selection and links the pages around, with the filter in them', async () => {
    const { body } = await get('/api/organizations?type=Brigade&per_page=1&page=2&_=17');

    expect(body.total).toBe(2);
    expect(body.objects).toHaveLength(1);
    expect(Object.keys(body.pages)).toEqual(['first', 'prev']);
    expect(body.pages.first).toContain('type=Brigade');
    expect(body.objects[0]).toMatchObject({ current_projects: [], id: expect.any(String) });
  });

  it('says which number it cannot take, as JSON', async () => {
    const { status, body } = await get('/api/organizations?page=two');

    expect({ status, field: body.field }).toEqual({ status: 400, field: 'page' });
  });

  it('gives an empty page after the last one', async () => {
    const { body } = await get('/api/organizations?page=9');

    expect(body).toMatchObject({ total: 4, objects: [] });
    expect(body.pages.next).toBeUndefined();
  });
});

describe('GET /api/organizations/:name', () => {
  it.each([
    ['the name with dashes', 'Code-for-Boston'],
    ['the name with underscores', 'Code_for_Boston'],
    ['the name as it is', 'Code%20for%20Boston'],
    ['its slug', 'code-for-boston'],
    ['a name it had before', 'Boston-Brigade'],
  ])('finds it by %s', async (_how, name) => {
    const { status, body } = await get(`/api/organizations/${name}`);

    expect({ status, name: body.name }).toEqual({ status: 200, name: 'Code for Boston' });
  });

  it('says in the old words that there is none', async () => {
    const { status, body, headers } = await get('/api/organizations/Code-for-Nowhere');

    expect({ status, body }).toEqual({ status: 404, body: { status: 'Resource Not Found' } });
    expect(headers['access-control-allow-origin']).toBe('*');
  });

  it('answers the lists below it, which are empty', async () => {
    const { body } = await get('/api/organizations/Code-for-Boston/projects');

    expect(body).toEqual({ total: 0, pages: {}, objects: [] });
    expect((await get('/api/organizations/Code-for-Boston/secrets')).status).toBe(404);
    expect((await get('/api/organizations/Nobody/projects')).status).toBe(404);
  });
});

describe('GET /organizations.json', () => {
  it('is valid against the constraints of the Brigade list', async () => {
    const { body, headers } = await get('/organizations.json');
    const validate = new Ajv({ allErrors: true }).compile(brigadeListSchema);
    validate(body);

    expect(validate.errors ?? []).toEqual([]);
    expect(body).toHaveLength(4);
    expect(headers['access-control-allow-origin']).toBe('*');
  });

  it('says "Official" of no group that its list has dropped', async () => {
    const { body } = await get('/organizations.json');
    const dropped = body.find(({ name }: { readonly name: string }) => name === 'Dropped Brigade');

    expect(dropped).toMatchObject({ tags: ['Brigade'], type: 'Brigade' });
  });
});
