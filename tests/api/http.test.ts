// HTTP around the answers of the API: headers, ETags, HEAD, other sites, refused methods and problem details,
// and what single records carry. Queries that cannot be read are in queries.test.ts.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aCity, aGroup, aPartner } from '../support/builders.ts';
import { storeRecords } from '../support/store-records.ts';
import { ask, bodyOf, type Description, read, readDescription } from './api.ts';

let app: TestApp;
let description: Description;

beforeAll(async () => {
  app = await startTestApp({
    records: { cities: [aCity()], partners: [aPartner()], groups: [aGroup()] },
  });
  description = await readDescription(app);
});
afterAll(() => app.close());

const addresses = [
  '/api/v1',
  '/api/v1/openapi.json',
  '/api/v1/cities',
  '/api/v1/cities.geojson',
  '/api/v1/cities.csv',
  '/api/v1/cities/tulsa-ok',
  '/api/v1/near?lat=36&lng=-96',
];

describe('every good answer of the API', () => {
  it.each(addresses)(
    'says its revision and may be kept but must be asked after: %s',
    async (address) => {
      const { headers } = await ask(app, address);
      const { revision } = app.services.directory.current();

      expect(headers).toMatchObject({
        'crosswalk-revision': String(revision),
        'cache-control': 'public, max-age=0, must-revalidate',
        vary: 'Accept-Encoding',
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
      });
      expect(headers['access-control-expose-headers']).toMatch(/ETag, Link/);
    },
  );

  it.each(addresses)('is not sent again to those who have it: %s', async (address) => {
    const { headers } = await ask(app, address);
    const etag = String(headers['etag']);

    for (const known of [etag, '*', `"other", ${etag}`, etag.replace(/^W\//, '')]) {
      const again = await ask(app, address).set('If-None-Match', known);
      expect([known, again.status, again.body]).toEqual([known, 304, '']);
      expect(again.headers).toMatchObject({ etag, 'access-control-allow-origin': '*' });
    }
    expect((await ask(app, address).set('If-None-Match', '"other"')).status).toBe(200);
  });

  it.each(addresses)('has the same headers without a body for HEAD: %s', async (address) => {
    const { headers } = await ask(app, address);
    const head = await request(app.app).head(address);

    expect(head.status).toBe(200);
    expect(head.text ?? '').toBe('');
    expect(head.headers).toMatchObject({
      etag: headers['etag'],
      'content-type': headers['content-type'],
    });
  });

  it('changes its ETag when the directory changes', async () => {
    const own = await startTestApp({ records: { cities: [aCity()] } });
    const before = await ask(own, '/api/v1/groups');
    await storeRecords(own.services.store, { groups: [aGroup()] }, own.services.clock());
    await own.services.directory.refresh();
    const after = await ask(own, '/api/v1/groups').set(
      'If-None-Match',
      String(before.headers['etag']),
    );
    await own.close();

    expect(after.status).toBe(200);
    expect(bodyOf(after)).toMatchObject({ total: 1 });
    expect(Number(after.headers['crosswalk-revision'])).toBeGreaterThan(
      Number(before.headers['crosswalk-revision']),
    );
  });

  it('never answers 304 for a record that is not there', async () => {
    const response = await ask(app, '/api/v1/cities/nowhere-xx').set('If-None-Match', '*');

    expect(response.status).toBe(404);
  });
});

describe('other sites', () => {
  it('may ask first, and hear that they may read', async () => {
    const response = await request(app.app)
      .options('/api/v1/cities')
      .set('Origin', 'https://elsewhere.example')
      .set('Access-Control-Request-Method', 'GET')
      .set('Access-Control-Request-Headers', 'if-none-match');

    expect(response.status).toBe(204);
    expect(response.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, OPTIONS',
      'access-control-allow-headers': 'if-none-match',
    });
  });

  it('may read errors too', async () => {
    for (const address of ['/api/v1/cities?flag=x', '/api/v1/cities/x', '/api/v1/x', '/api/x']) {
      const { headers } = await ask(app, address);
      expect([address, headers['access-control-allow-origin']]).toEqual([address, '*']);
    }
  });
});

describe('errors under /api', () => {
  it.each(['post', 'put', 'patch', 'delete'] as const)(
    'say that nothing can be written: %s',
    async (method) => {
      const response = await request(app.app)[method]('/api/v1/cities');

      expect(response.status).toBe(405);
      expect(response.headers['allow']).toBe('GET, HEAD, OPTIONS');
      expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(JSON.parse(response.text)).toMatchObject({ title: 'Method Not Allowed', status: 405 });
    },
  );

  it.each([
    '/api',
    '/api/v1/nothing',
    '/api/v1/cities/a/b',
    '/api/v1/waves.geojson',
    '/api/v2/cities',
  ])('are problem details where there is nothing: %s', async (address) => {
    const response = await ask(app, address);

    expect(response.status).toBe(404);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    description.expectDescribed(response, '/api/v1');
    expect(bodyOf(response)).toMatchObject({
      type: 'about:blank',
      title: 'Not Found',
      instance: address,
    });
  });
});

describe('records', () => {
  it('carry the address of their page', async () => {
    const city = await read(app, '/api/v1/cities/tulsa-ok');
    const group = await read(app, '/api/v1/groups/code-for-tulsa');

    expect(city).toMatchObject({
      url: 'http://localhost:3000/cities/tulsa-ok',
      flag: 'not-reported',
      isGap: true,
      partners: ['tulsa-data-center'],
      groups: ['code-for-tulsa'],
    });
    expect(group).toMatchObject({
      url: 'http://localhost:3000/groups/code-for-tulsa',
      city: 'tulsa-ok',
      liveness: { state: 'no-signal', sign: null },
    });
  });

  it('of a gap name the nearest group and the topics that it shares with the partners', async () => {
    const own = await startTestApp({
      records: {
        cities: [aCity()],
        partners: [aPartner({ topics: ['Housing', 'transit'] })],
        groups: [aGroup({ topics: ['housing', 'food'], lat: 36.5 })],
      },
    });
    const { items } = await read<{ items: unknown[] }>(own, '/api/v1/gaps');
    await own.close();

    expect(items).toMatchObject([
      {
        city: { slug: 'tulsa-ok' },
        flag: 'not-reported',
        partners: ['tulsa-data-center'],
        nearestGroup: { slug: 'code-for-tulsa', name: 'Code for Tulsa', distanceMiles: 23.9 },
        sharedTopics: ['Housing'],
      },
    ]);
  });

  it('of a former partner are listed, and left out of their city', async () => {
    const own = await startTestApp({
      records: { cities: [aCity()], partners: [aPartner({ status: 'former' })] },
    });
    const partner = await read(own, '/api/v1/partners/tulsa-data-center');
    const city = await read(own, '/api/v1/cities/tulsa-ok');
    await own.close();

    expect(partner).toMatchObject({ status: 'former', flag: null });
    expect(city).toMatchObject({ partners: [], flag: 'no-partner', isGap: false });
  });
});
