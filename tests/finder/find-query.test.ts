// What the finder reads from an address: a place or a point and a distance, and never an error.
// What is found for it is in find.test.ts.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findPath, parseFindQuery } from '../../server/features/finder/query.ts';

describe('parseFindQuery', () => {
  it.each([
    ['nothing', {}, { typed: '', point: null, withinMiles: 50 }],
    ['a place', { place: '  Tulsa, OK ' }, { typed: 'Tulsa, OK', point: null, withinMiles: 50 }],
    [
      'a point',
      { lat: '36.15', lng: '-95.99', within: '25' },
      { typed: '', point: { lat: 36.15, lng: -95.99 }, withinMiles: 25 },
    ],
    [
      'words before a point',
      { place: 'Tulsa', lat: '0', lng: '0' },
      { typed: 'Tulsa', point: null, withinMiles: 50 },
    ],
    [
      'an empty field beside a point',
      { place: '', lat: '0', lng: '0' },
      { typed: '', point: { lat: 0, lng: 0 }, withinMiles: 50 },
    ],
    ['half a point', { lat: '36' }, { typed: '', point: null, withinMiles: 50 }],
    ['a blank point', { lat: '', lng: '' }, { typed: '', point: null, withinMiles: 50 }],
    ['a point off the earth', { lat: '91', lng: '0' }, { typed: '', point: null, withinMiles: 50 }],
    ['a distance of nothing', { within: '0' }, { typed: '', point: null, withinMiles: 50 }],
    ['a distance too far', { within: '501' }, { typed: '', point: null, withinMiles: 50 }],
    ['a distance in words', { within: 'far' }, { typed: '', point: null, withinMiles: 50 }],
    [
      'a place with what no page can show',
      { place: 'Tul\u0000sa\ud800, OK\u0007' },
      { typed: 'Tulsa, OK', point: null, withinMiles: 50 },
    ],
    ['a place given twice', { place: ['a', 'b'] }, { typed: '', point: null, withinMiles: 50 }],
  ])('reads %s', (_name, raw, expected) => {
    expect(parseFindQuery(raw)).toEqual(expected);
  });

  it('never throws, whatever is in the address', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), (raw) => {
        expect(parseFindQuery(raw).withinMiles).toBeGreaterThan(0);
      }),
    );
  });

  it('understands the address it writes', () => {
    const words = fc.string({ maxLength: 60 }).map((typed) => typed.trim());
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 500 }), (typed, withinMiles) => {
        const address = new URL(findPath({ typed, withinMiles }), 'http://localhost');

        expect(parseFindQuery(Object.fromEntries(address.searchParams))).toEqual({
          typed,
          point: null,
          withinMiles,
        });
      }),
    );
  });
});
