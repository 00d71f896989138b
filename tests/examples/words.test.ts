// Dates as people type them, and slugs as titles make them.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { freeSlug, toSlug } from '../../server/domain/slug.ts';
import { formatDate } from '../../server/web/format.ts';
import { parsePartialDate } from '../../server/web/partial-date.ts';

describe('a date as typed', () => {
  it.each([
    ['2026', '2026'],
    ['2026-03', '2026-03'],
    ['2026-3-7', '2026-03-07'],
    [' March  2026 ', '2026-03'],
    ['sept 2026', '2026-09'],
    ['12 March 2026', '2026-03-12'],
    ['March 12, 2026', '2026-03-12'],
    ['29 February 2024', '2024-02-29'],
  ])('"%s" is %s', (typed, date) => {
    expect(parsePartialDate(typed)).toBe(date);
  });

  it.each([
    '',
    'soon',
    '29 February 2026',
    '2026-13',
    '2026-00',
    '12/03/2026',
    '1066',
    '0 May 2026',
    'ma 2026',
  ])('"%s" is none', (typed) => {
    expect(parsePartialDate(typed)).toBeUndefined();
  });

  it('is read back from the words it is printed in', () => {
    const day = fc.date({
      min: new Date('1900-01-01'),
      max: new Date('2199-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(day, fc.constantFrom(4, 7, 10), (moment, length) => {
        const date = moment.toISOString().slice(0, length);
        expect(parsePartialDate(formatDate(date))).toBe(date);
        expect(parsePartialDate(date)).toBe(date);
      }),
    );
  });
});

describe('a slug', () => {
  it('is what every address accepts, or nothing, and the same when made of itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const slug = toSlug(text);
        expect(slug).toMatch(/^([a-z0-9]+(-[a-z0-9]+)*)?$/);
        expect(slug.length).toBeLessThanOrEqual(80);
        expect(toSlug(slug)).toBe(slug);
      }),
    );
  });

  it('is never one that somebody has', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (text, others) => {
        const taken = new Set(others.map(toSlug));
        taken.add(toSlug(text));
        expect(taken.has(freeSlug(text, (slug) => taken.has(slug), 'example'))).toBe(false);
      }),
    );
  });
});
