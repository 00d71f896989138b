// Forged writes: only our own pages may change anything in a browser that is signed in.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mayWrite } from '../../server/web/same-origin.ts';

const own = 'https://crosswalk.example';

describe('mayWrite', () => {
  it.each<[string, Record<string, string>, boolean]>([
    ['our own page', { 'sec-fetch-site': 'same-origin', origin: own }, true],
    ['the address bar', { 'sec-fetch-site': 'none' }, true],
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, false],
    ['a sister site', { 'sec-fetch-site': 'same-site', origin: 'https://x.example' }, false],
    ['another site that hides its origin', { 'sec-fetch-site': 'cross-site' }, false],
    ['an older browser on our page', { origin: own }, true],
    [
      'an older browser on our page by another host name',
      { origin: 'http://localhost:3000', host: 'localhost:3000' },
      true,
    ],
    [
      'an older browser on another site',
      { origin: 'https://evil.example', host: 'localhost:3000' },
      false,
    ],
    ['a sandboxed page', { origin: 'null' }, false],
    ['a program', {}, true],
  ])('a write from %s', (_from, headers, allowed) => {
    expect(mayWrite({ method: 'POST', headers }, own)).toBe(allowed);
  });

  it('never holds up reading', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('GET', 'HEAD', 'OPTIONS'),
        fc.record({ origin: fc.string(), 'sec-fetch-site': fc.string() }),
        (method, headers) => mayWrite({ method, headers }, own),
      ),
    );
  });

  it('lets no foreign origin write, whatever it looks like', () => {
    fc.assert(
      fc.property(fc.webUrl(), fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE'), (url, method) => {
        const headers = { origin: new URL(url).origin, host: 'crosswalk.example' };
        fc.pre(new URL(url).host !== 'crosswalk.example');

        expect(mayWrite({ method, headers }, own)).toBe(false);
      }),
    );
  });
});
