// The rules of typing ahead and of using the visitor's location that need no page.
import { describe, expect, it } from '@jest/globals';
import {
  isWorthAsking,
  nextActive,
  parseNames,
} from '../../../public/scripts/modules/place-search/options.ts';
import { addressNear } from '../../../public/scripts/modules/use-my-location/address.ts';

describe('typing ahead', () => {
  it.each([
    ['ArrowDown', -1, 0],
    ['ArrowDown', 1, 2],
    ['ArrowDown', 2, -1],
    ['ArrowUp', -1, 2],
    ['ArrowUp', 0, -1],
    ['Home', 1, 1],
  ])('%s from %d of three leads to %d', (key, active, expected) => {
    expect(nextActive(key, active, 3)).toBe(expected);
  });

  it('has nowhere to go in an empty list', () => {
    expect(nextActive('ArrowDown', -1, 0)).toBe(-1);
  });

  it('offers each name once and survives a strange answer', () => {
    expect(
      parseNames({ items: [{ name: 'Tulsa, OK' }, { name: 'Tulsa, OK' }, { name: 7 }] }),
    ).toEqual(['Tulsa, OK']);
    expect(parseNames('<html>')).toEqual([]);
  });

  it('waits for two letters', () => {
    expect(isWorthAsking(' t ')).toBe(false);
    expect(isWorthAsking('tu')).toBe(true);
  });
});

describe('using the visitor’s location', () => {
  it('sends no more of it than a hundred metres', () => {
    expect(addressNear('/find', 36.15398123, -95.99277512)).toBe('/find?lat=36.154&lng=-95.993');
  });
});
