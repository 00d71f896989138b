// Slips between two spellings, held against the plain count over a whole table; and no near spelling is ruled out
// early. Which places are offered for a misspelling is in find-place.test.ts.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  lettersOf,
  mayBeNear,
  slipsBetween,
} from '../../../server/directory/places/near-spelling.ts';

/** The same distance by the whole table, without bands or bounds. */
function plainSlips(one: string, other: string): number {
  const table = Array.from({ length: one.length + 1 }, (_, row) =>
    Array.from({ length: other.length + 1 }, (_, column) =>
      row === 0 ? column : column === 0 ? row : 0,
    ),
  );
  const at = (row: number, column: number) => table[row]?.[column] as number;
  for (let row = 1; row <= one.length; row += 1) {
    for (let column = 1; column <= other.length; column += 1) {
      const change = one[row - 1] === other[column - 1] ? 0 : 1;
      let slips = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + change,
      );
      const swapped =
        row > 1 &&
        column > 1 &&
        one[row - 1] === other[column - 2] &&
        one[row - 2] === other[column - 1];
      if (swapped) slips = Math.min(slips, at(row - 2, column - 2) + 1);
      (table[row] as number[])[column] = slips;
    }
  }
  return at(one.length, other.length);
}

const slips = (typed: string, key: string): number => {
  const keys = Buffer.from(`before${key}after`);
  return slipsBetween(Buffer.from(typed), keys, 6, 6 + Buffer.byteLength(key));
};
const anyKey = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', '1'), maxLength: 9 });

describe('near spellings', () => {
  it.each([
    ['pitsburgh', 'pittsburgh', 1],
    ['sprngfield', 'springfield', 1],
    ['cincinatti', 'cincinnati', 2],
    ['yrok', 'york', 1],
    ['boston', 'austin', 3],
    ['', 'ab', 2],
  ])('"%s" is %s with %i slips', (typed, key, count) => {
    expect(slips(typed, key)).toBe(count);
  });

  it('count what the whole table counts, up to three', () => {
    fc.assert(
      fc.property(anyKey, anyKey, (one, other) => {
        expect(slips(one, other)).toBe(Math.min(3, plainSlips(one, other)));
      }),
      { numRuns: 2000 },
    );
  });

  it('are never ruled out by their letters', () => {
    fc.assert(
      fc.property(anyKey, anyKey, (one, other) => {
        const near = mayBeNear(lettersOf(Buffer.from(one)), lettersOf(Buffer.from(other)));

        expect(near || slips(one, other) > 2).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
