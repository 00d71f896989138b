// Marks that would cover each other are pushed apart.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Disc, spread } from '../../../public/scripts/modules/map/spread.ts';

const disc = (x: number, y: number, over: Partial<Disc> = {}): Disc => ({
  x,
  y,
  radius: 10,
  weight: 1,
  ...over,
});

const apart = (a: { x: number; y: number }, b: { x: number; y: number }): number =>
  Math.hypot(a.x - b.x, a.y - b.y);

describe('spreading marks', () => {
  it('leaves marks alone that do not touch', () => {
    const discs = [disc(0, 0), disc(20, 0), disc(100, 50)];

    expect(spread(discs)).toEqual(discs.map(({ x, y }) => ({ x, y })));
  });

  it('shows every one of several marks on one spot', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), (count) => {
        const placed = spread(Array.from({ length: count }, () => disc(50, 50)));

        for (const [index, a] of placed.entries()) {
          for (const b of placed.slice(index + 1)) expect(apart(a, b)).toBeGreaterThan(15);
        }
      }),
    );
  });

  it('moves a light mark farther than a heavy one', () => {
    const [heavy, light] = spread([disc(0, 0, { weight: 6 }), disc(5, 0)]);

    expect(Math.abs(heavy?.x ?? 0)).toBeLessThan(Math.abs((light?.x ?? 0) - 5));
  });

  it('answers the same for the same marks', () => {
    const discs = fc.array(
      fc.record({
        x: fc.integer({ min: 0, max: 300 }),
        y: fc.integer({ min: 0, max: 300 }),
        radius: fc.integer({ min: 4, max: 15 }),
        weight: fc.integer({ min: 1, max: 6 }),
      }),
      { maxLength: 40 },
    );

    fc.assert(fc.property(discs, (marks) => expect(spread(marks)).toEqual(spread(marks))));
  });
});
