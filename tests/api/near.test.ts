// The nearest groups to a place or a point, and the places that complete what was typed, as the API gives them.
// How near groups are found is in directory/nearest.test.ts, how places are in directory/places.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import request from 'supertest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, bodyOf, type Description, read, readDescription } from './api.ts';

const logged: { msg?: string }[] = [];
const log = pino({ level: 'info', base: null }, { write: (line) => logged.push(JSON.parse(line)) });

let app: TestApp;
let description: Description;

beforeAll(async () => {
  app = await startTestApp({ seed: true, log });
  description = await readDescription(app);
});
afterAll(() => app.close());

interface Near {
  readonly place: { readonly name: string; readonly lat: number; readonly lng: number };
  readonly items: readonly { readonly name: string; readonly distanceMiles: number }[];
  readonly total: number;
}

describe('GET /api/v1/near', () => {
  it('gives Code for Pittsburgh first for the ZIP code 15213', async () => {
    const { place, items } = await read<Near>(app, '/api/v1/near?place=15213');

    expect(place.name).toContain('Pittsburgh');
    expect(items[0]?.name).toBe('Code for Pittsburgh');
  });

  it('gives an empty list where no group is within the distance', async () => {
    const near = await read<Near>(app, '/api/v1/near?place=Memphis, TN&within=25');

    expect(near).toMatchObject({ items: [], total: 0 });
  });

  it('gives the distance to a tenth of a mile', async () => {
    const { items } = await read<Near>(app, '/api/v1/near?place=New Haven, CT&within=40');

    expect(items.map(({ name, distanceMiles }) => [name, distanceMiles])).toEqual([
      ['Code for Connecticut', 33.8],
    ]);
  });

  it('is a problem in words where nobody knows the place', async () => {
    const response = await ask(app, '/api/v1/near?place=nowhere at all');

    expect(response.status).toBe(404);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    description.expectDescribed(response, '/api/v1/near');
    expect(bodyOf(response)).toMatchObject({ field: 'place', suggestions: expect.any(Array) });
  });

  it('suggests near spellings of a misspelt place', async () => {
    const response = await ask(app, '/api/v1/near?place=Pitsburg, PA');
    const { suggestions } = bodyOf<{ suggestions: string[] }>(response);

    expect(response.status).toBe(404);
    expect(suggestions.join()).toContain('Pittsburgh');
  });

  it('takes coordinates', async () => {
    const near = await read<Near>(app, '/api/v1/near?lat=40.4406&lng=-79.9959&within=5');

    expect(near.place).toEqual({ name: '40.4406, -79.9959', lat: 40.4406, lng: -79.9959 });
    expect(near.items[0]?.name).toBe('Code for Pittsburgh');
  });

  it('counts all within the distance and gives the nearest up to the limit', async () => {
    const all = await read<Near>(app, '/api/v1/near?place=Boston, MA&within=300&limit=500');
    const three = await read<Near>(app, '/api/v1/near?place=Boston, MA&within=300&limit=3');

    expect(all.items).toHaveLength(all.total);
    expect(three).toEqual({ ...all, items: all.items.slice(0, 3) });
    const distances = all.items.map(({ distanceMiles }) => distanceMiles);
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
  });

  it('looks 50 miles around unless told otherwise', async () => {
    const usual = await read<Near>(app, '/api/v1/near?place=Boston, MA');
    const told = await read<Near>(app, '/api/v1/near?place=Boston, MA&within=50');

    expect(usual).toEqual(told);
  });
});

describe('GET /api/v1/near, answered before the pipeline', () => {
  /** A cookie of ours leads through the pipeline, as somebody signed in would go. */
  const throughPipeline = { cookie: 'crosswalk.nobody=1' };

  async function answerTo(address: string, headers: Record<string, string>, method = 'get') {
    const agent = request(app.app);
    const response = await (method === 'head' ? agent.head(address) : agent.get(address))
      .set(headers)
      .buffer(true);
    const { date: _, 'x-request-id': reference, ...rest } = response.headers;
    const last = logged.filter(({ msg }) => msg === 'answered').at(-1);
    const { time: __, milliseconds, reference: inLog, ...line } = last as Record<string, unknown>;
    expect([typeof milliseconds, inLog]).toEqual(['number', reference]);
    return { status: response.status, headers: rest, text: response.text, line };
  }

  it.each([
    ['a ZIP code', '/api/v1/near?place=15213&limit=10', {}],
    ['a point', '/api/v1/near?lat=40.44&lng=-79.99&within=300', {}],
    ['a place typed with its state', '/api/v1/near?place=New%20Haven,%20CT', {}],
    ['a request for its head', '/api/v1/near?place=15213', { method: 'head' }],
    ['a caller who reads gzip alone', '/api/v1/near?place=15213', { 'accept-encoding': 'gzip' }],
    ['a caller who reads no compression', '/api/v1/near?place=15213', { 'accept-encoding': '' }],
    ['a caller who has the answer', '/api/v1/near?place=15213', { 'if-none-match': '*' }],
    ['a place that nobody knows', '/api/v1/near?place=nowhere', {}],
    ['a wrong limit', '/api/v1/near?place=15213&limit=0', {}],
    ['a name that means nothing', '/api/v1/near?town=15213', {}],
    ['nothing asked', '/api/v1/near', {}],
  ])(
    'is the pipeline’s answer to the letter, and logged as it: %s',
    async (_name, address, how) => {
      const { method, ...headers } = how as Record<string, string>;

      const quick = await answerTo(address, headers, method);
      const usual = await answerTo(address, { ...headers, ...throughPipeline }, method);

      expect(quick).toEqual(usual);
    },
  );
});

describe('GET /api/v1/places', () => {
  it('completes what was typed with at most ten places', async () => {
    const { items } = await read<{ items: { name: string }[] }>(app, '/api/v1/places?q=spring');

    expect(items.length).toBeGreaterThan(1);
    expect(items.length).toBeLessThanOrEqual(10);
    for (const { name } of items) expect(name).toMatch(/^spring/i);
  });

  it('gives nothing where nothing was typed', async () => {
    expect(await read(app, '/api/v1/places?q=')).toEqual({ items: [] });
    expect(await read(app, '/api/v1/places')).toEqual({ items: [] });
  });
});
