// The distance in miles between two points of the earth: known distances, and the laws that any distance keeps.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  distanceMiles,
  greatestDistanceMiles,
  toKilometres,
} from '../../server/domain/distance.ts';
import { anyPoint } from '../support/arbitraries.ts';

describe('distance', () => {
  it.each([
    [
      'New York to Los Angeles',
      { lat: 40.7128, lng: -74.006 },
      { lat: 34.0522, lng: -118.2437 },
      2445.6,
    ],
    ['across the antimeridian', { lat: 0, lng: 179.5 }, { lat: 0, lng: -179.5 }, 69.1],
    ['pole to pole', { lat: 90, lng: 0 }, { lat: -90, lng: 77 }, 12436.8],
    ['New Haven to Hartford', { lat: 41.308, lng: -72.928 }, { lat: 41.7646, lng: -72.6909 }, 33.8],
  ])('%s', (_name, from, to, miles) => {
    expect(distanceMiles(from, to)).toBeCloseTo(miles, 1);
  });

  it('is 0 from a point to itself, and never more than half the circumference', () => {
    fc.assert(
      fc.property(anyPoint, anyPoint, (one, other) => {
        expect(distanceMiles(one, one)).toBe(0);
        expect(distanceMiles(one, other)).toBeLessThanOrEqual(greatestDistanceMiles);
      }),
    );
  });

  it('is the same in both directions', () => {
    fc.assert(
      fc.property(anyPoint, anyPoint, (one, other) => {
        expect(distanceMiles(one, other)).toBe(distanceMiles(other, one));
      }),
    );
  });

  it('is never longer than a way round', () => {
    fc.assert(
      fc.property(anyPoint, anyPoint, anyPoint, (one, other, between) => {
        const round = distanceMiles(one, between) + distanceMiles(between, other);

        expect(distanceMiles(one, other)).toBeLessThanOrEqual(round + 0.001);
      }),
    );
  });

  it('counts a mile as 1.609344 kilometres', () => {
    expect(toKilometres(100)).toBeCloseTo(160.9344, 10);
  });
});
