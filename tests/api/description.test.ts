// The OpenAPI description of the API is well-formed and complete, and answers and refusals of every operation hold
// to it. What the answers say of the directory is in the other tests beside this one.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, bodyOf, type Description, read, readDescription } from './api.ts';

let app: TestApp;
let description: Description;

beforeAll(async () => {
  app = await startTestApp({ seed: true });
  description = await readDescription(app);
});
afterAll(() => app.close());

/** A good query for the operations that need one. */
const queries: Readonly<Record<string, string>> = {
  '/api/v1/near': '?place=15213',
  '/api/v1/matches': '?city=pittsburgh-pa',
  '/api/v1/places': '?q=pitts',
};

const samples: Readonly<Record<string, (app: TestApp) => string | undefined>> = {
  cities: ({ services }) => services.directory.current().cities[0]?.slug,
  partners: ({ services }) => services.directory.current().partners[0]?.slug,
  groups: ({ services }) => services.directory.current().groups[0]?.slug,
  collaborations: ({ services }) => services.directory.current().collaborations[0]?.slug,
  convenings: ({ services }) => services.directory.current().convenings[0]?.slug,
  waves: ({ services }) => services.directory.current().waves[0]?.slug,
};

function addressOf(path: string): string {
  const noun = path.split('/')[3] ?? '';
  const slug = path.includes('{slug}') ? samples[noun]?.(app) : '';
  if (slug === undefined) throw new Error(`${path} needs a sample record`);
  return path.replace('{slug}', slug) + (queries[path] ?? '');
}

describe('GET /api/v1/openapi.json', () => {
  it('is an OpenAPI 3.1 document with unique operations and described answers', () => {
    const { document } = description;
    const operations = Object.values(document.paths).map(({ get }) => get);
    const ids = operations.map(({ operationId }) => operationId);

    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: 'Crosswalk', version: '1' });
    expect(document.servers).toEqual([{ url: 'http://localhost:3000' }]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const operation of operations) {
      expect(operation.summary).not.toBe('');
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['200', 'default']));
      for (const { name, schema } of operation.parameters) {
        expect(name).not.toBe('');
        expect(schema).not.toEqual({});
      }
    }
  });

  it('declares each name in curly brackets of a path as a required parameter', () => {
    for (const [path, { get }] of Object.entries(description.document.paths)) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = get.parameters.filter((one) => one.in === 'path' && one.required);

      expect(declared.map(({ name }) => name)).toEqual(named);
    }
  });

  it('has every schema that it refers to', () => {
    const { document } = description;
    const text = JSON.stringify(document);
    const wanted = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      ([, id]) => id,
    );

    expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining(wanted));
    expect(text).not.toContain('"$id"');
    expect(text).not.toContain('"$schema"');
  });

  it('describes the collections of the design in each of their formats', () => {
    const located = ['cities', 'partners', 'groups'];
    const listed = [...located, 'collaborations', 'convenings', 'waves'];
    const expected = [
      ...listed.flatMap((name) => [name, `${name}.csv`, `${name}/{slug}`]),
      ...located.map((name) => `${name}.geojson`),
      ...['gaps', 'gaps.csv', 'near', 'matches', 'places', 'openapi.json'],
      'waves/{slug}/answers',
      'waves/{slug}/answers.csv',
    ].map((name) => `/api/v1/${name}`);

    expect(Object.keys(description.document.paths).sort()).toEqual(['/api/v1', ...expected].sort());
  });

  it('holds for a good answer of every operation', async () => {
    for (const path of Object.keys(description.document.paths)) {
      const response = await ask(app, addressOf(path));

      expect({ path, status: response.status }).toEqual({ path, status: 200 });
      description.expectDescribed(response, path);
    }
  });

  it('holds for the largest page of every collection', async () => {
    for (const [path, { get }] of Object.entries(description.document.paths)) {
      if (!get.parameters.some(({ name }) => name === 'cursor')) continue;
      description.expectDescribed(await ask(app, `${path}?limit=500`), path);
    }
  });

  it('holds for the refusal of a strange parameter by every operation', async () => {
    for (const path of Object.keys(description.document.paths)) {
      const address = addressOf(path);
      const response = await ask(app, `${address}${address.includes('?') ? '&' : '?'}strange=1`);

      expect(response.status).toBe(400);
      description.expectDescribed(response, path);
      expect(bodyOf(response)).toMatchObject({ field: 'strange' });
    }
  });

  it('holds for a record that is not there', async () => {
    for (const path of Object.keys(description.document.paths)) {
      if (!path.includes('{slug}')) continue;
      const address = path.replace('{slug}', 'no-such-record');
      const response = await ask(app, address);

      expect(response.status).toBe(404);
      description.expectDescribed(response, path);
      expect(bodyOf(response)).toMatchObject({ status: 404, instance: address });
    }
  });
});

describe('GET /api/v1', () => {
  it('lists every address that the description has, beside its own two', async () => {
    const index = await read<{ addresses: { url: string }[] }>(app, '/api/v1');

    expect([
      '/api/v1',
      '/api/v1/openapi.json',
      ...index.addresses.map(({ url }) =>
        new URL(url).pathname.replaceAll('%7B', '{').replaceAll('%7D', '}'),
      ),
    ]).toEqual(Object.keys(description.document.paths));
  });
});
