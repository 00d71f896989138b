// JSON-LD within a page: it never ends its script element, and reads back as what was written.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toJsonLd } from '../../server/web/structured-data.ts';

describe('toJsonLd', () => {
  it('never ends the element it stands in', () => {
    expect(toJsonLd({ name: '</script><b>&' })).not.toMatch(/[<>&]/);
  });

  it('reads back as what was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const text = toJsonLd({ '@type': 'Thing', name });

        expect(text).not.toMatch(/[<>&\u2028\u2029]/);
        expect(JSON.parse(text)).toEqual({
          '@context': 'https://schema.org',
          '@type': 'Thing',
          name,
        });
      }),
    );
  });
});
