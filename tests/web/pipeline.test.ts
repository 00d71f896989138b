// The pipeline as a visitor, a program and an operator meet it: headers, kept answers, errors, log, health.
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import request from 'supertest';
import { paths } from '../../server/paths.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aCity, aGroup, aPartner } from '../support/builders.ts';

const lines: string[] = [];
const log = pino(
  { level: 'info', base: null },
  new Writable({
    write(chunk, _encoding, done) {
      lines.push(...String(chunk).trim().split('\n'));
      done();
    },
  }),
);

let test: TestApp;

beforeAll(async () => {
  const tulsa = aCity({ slug: 'tulsa-ok', name: 'Tulsa', state: 'OK' });
  test = await startTestApp({
    log,
    records: {
      cities: [tulsa],
      partners: [aPartner({ city: 'tulsa-ok' })],
      groups: [aGroup({ city: 'tulsa-ok', name: 'Code for Tulsa' })],
    },
  });
});

afterAll(() => test.close());

describe('every answer', () => {
  it.each([paths.home, paths.api.cities, '/no-such-page', paths.health])(
    'has the content policy, without inline script: %s',
    async (path) => {
      const response = await request(test.app).get(path);

      expect(response.headers['content-security-policy']).toContain("default-src 'none'");
      expect(response.headers['content-security-policy']).not.toContain('unsafe');
      expect(response.headers['x-content-type-options']).toBe('nosniff');
      expect(response.headers['x-powered-by']).toBeUndefined();
    },
  );

  it('is the same the second time, when it was kept', async () => {
    const first = await request(test.app).get(paths.cities);
    const second = await request(test.app).get(paths.cities);

    expect(first.headers['x-request-id']).toBeDefined();
    expect(second.headers['x-request-id']).toBeUndefined();
    expect(second.text).toBe(first.text);
    expect(second.headers['etag']).toBe(first.headers['etag']);
    expect(second.headers['content-security-policy']).toBe(
      first.headers['content-security-policy'],
    );
  });

  it('says the revision in its tag, and is a 304 for whoever has it', async () => {
    const first = await request(test.app).get(paths.partners);
    const tag = String(first.headers['etag']);
    const again = await request(test.app).get(paths.partners).set('if-none-match', tag);

    expect(tag).toContain(`"${test.services.directory.current().revision}-2026-11-22-`);
    expect(again.status).toBe(304);
  });
});

describe('an address nobody has', () => {
  it('is a page in words for people', async () => {
    const response = await request(test.app).get('/no-such-page');

    expect(response.status).toBe(404);
    expect(response.type).toBe('text/html');
    expect(response.text).toContain('There is no page at this address');
  });

  it('is a problem document for programs', async () => {
    const response = await request(test.app).get('/api/v1/nothing');

    expect(response.status).toBe(404);
    expect(response.type).toBe('application/problem+json');
    expect(JSON.parse(response.text)).toMatchObject({ status: 404, instance: '/api/v1/nothing' });
  });

  it('may be unreadable', async () => {
    const response = await request(test.app).get('/cities/%E0%A4%A');

    expect(response.status).toBe(400);
    expect(response.text).toContain('could not be read');
  });
});

describe('a form from another site', () => {
  it('changes nothing and says so', async () => {
    const response = await request(test.app).post(paths.home).set('sec-fetch-site', 'cross-site');

    expect(response.status).toBe(403);
    expect(response.text).toContain('sent from another site');
  });
});

describe('the log', () => {
  it('has one line per request, naming the route and not the address', async () => {
    lines.length = 0;
    await request(test.app).get('/find?place=74103&secret=hunter2');
    const line = lines.find((one) => one.includes('answered')) ?? '';

    expect(JSON.parse(line)).toMatchObject({ method: 'GET', route: '/find', status: 200 });
    expect(line.match(/"route"/g)).toHaveLength(1);
    expect(line.match(/"reference"/g)).toHaveLength(1);
    expect(line).not.toContain('hunter2');
    expect(line).not.toContain('74103');
    expect(line).not.toContain('127.0.0.1');
  });
});

describe('operations', () => {
  it('say that the process is up', async () => {
    expect((await request(test.app).get(paths.health)).body).toEqual({ status: 'up' });
  });

  it('say that the store answers and a snapshot is loaded', async () => {
    const response = await request(test.app).get(paths.ready);

    expect(response.status).toBe(200);
    expect(response.body).toMatchObject({ status: 'ready' });
  });

  it('have figures for a caller on this machine, and for nobody behind a proxy', async () => {
    const near = await request(test.app).get(paths.metrics);
    const far = await request(test.app).get(paths.metrics).set('x-forwarded-for', '203.0.113.7');

    expect(near.text).toContain('crosswalk_partner_cities{flag="not-reported"} 1');
    expect(far.status).toBe(404);
  });
});
