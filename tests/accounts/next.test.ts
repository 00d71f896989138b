// Where signing in leads: to a page of our own that was asked for, and to no other site, however it is written.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import request from 'supertest';
import { parseNext } from '../../server/features/accounts/form.ts';
import { paths } from '../../server/paths.ts';
import { addPerson } from '../../server/store/people.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

const refused: readonly unknown[] = [
  'https://evil.example/',
  'http:evil.example',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '\t//evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '/%2e//evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  'evil.example',
  '@evil.example',
  '',
  `/${'a'.repeat(600)}`,
  '/sign-in?next=/sign-in',
  ['/cities', '/gaps'],
  null,
  42,
];

const own = 'https://crosswalk.example';

describe('parseNext', () => {
  it.each(refused)('drops %j', (value) => {
    expect(parseNext(value)).toBe('');
  });

  it.each(['/', '/cities?flag=dormant', '/partners/x/report', '/find?place=New%20Haven'])(
    'keeps %s',
    (value) => {
      expect(parseNext(value)).toBe(value);
    },
  );

  it('leads to our own site alone, whatever is asked for', () => {
    const piece = fc.constantFrom(
      ...['/', '\\', '.', '..', '%2f', '%5c', '\t', '\n', '\r', ' ', '@', ':', '?', '#', ';'],
      ...['evil.example', 'https:', 'javascript:', 'a', '\u0000', '％', '。'],
    );
    const anything = fc.oneof(
      fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join('')),
      fc.array(piece, { maxLength: 9 }).map((pieces) => `/${pieces.join('')}`),
      fc.webUrl(),
      fc.string(),
    );
    fc.assert(
      fc.property(anything, (value) => {
        const next = parseNext(value);
        if (next !== '') expect(new URL(next, own).origin).toBe(own);
        expect(parseNext(next)).toBe(next);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('POST /sign-in/confirm', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test?.close());

  async function leadsTo(next: string, partners: readonly string[] = []): Promise<string> {
    const { store, signIn, clock } = test.services;
    const address = `ana${partners.length}@urban.example`;
    await addPerson(store, address, { staff: false, partners, groups: [] }, clock());
    const token = await signIn.makeToken(address);
    const answer = await request(test.app)
      .post(paths.signInConfirm)
      .type('form')
      .send({ token, next });
    return String(answer.headers['location']);
  }

  it.each([
    ['with its filters', '?state=OK', '/sign-in?next=%2Fstaff%2Fgaps%3Fstate%3DOK'],
    [
      'without filters that no header holds',
      `?q=${','.repeat(13_000)}`,
      '/sign-in?next=%2Fstaff%2Fgaps',
    ],
  ])('is asked for with the page that was wanted, %s', async (_how, query, location) => {
    const answer = await request(test.app).get(paths.staff.gaps + query);

    expect(answer.headers['location']).toBe(location);
  });

  it('leads to the page that was asked for', async () => {
    expect(await leadsTo('/gaps?state=OK')).toBe('/gaps?state=OK');
  });

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example'])(
    'leads to one’s own start in place of %s',
    async (next) => {
      expect(await leadsTo(next)).toBe('/account');
      expect(await leadsTo(next, ['urban-data-center'])).toBe('/partners/urban-data-center');
    },
  );
});
