// The lines of the base map, from the atlas to the browser.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeLine } from '../../../public/scripts/modules/map/lines.ts';
import { encodeLine, unwrap } from '../../../server/basemap/encode.ts';
import { simplifyLine } from '../../../server/basemap/simplify.ts';

const position = fc.tuple(
  fc.double({ min: -179, max: 179, noNaN: true }),
  fc.double({ min: -85, max: 85, noNaN: true }),
);

describe('lines of the base map', () => {
  it('arrive within half a step of where they were', () => {
    fc.assert(
      fc.property(position, position, (a, b) => {
        fc.pre(Math.abs(a[0] - b[0]) > 1);

        const line = decodeLine(encodeLine([a, b], 100) ?? [], 100);

        expect(line).toHaveLength(2);
        expect(Math.abs((line[0]?.[1] ?? 0) - a[0])).toBeLessThanOrEqual(0.0051);
        expect(Math.abs((line[1]?.[0] ?? 0) - b[1])).toBeLessThanOrEqual(0.0051);
      }),
    );
  });

  it('go on past the date line instead of crossing the whole map', () => {
    expect(
      unwrap([
        [179, 60],
        [-179, 61],
        [179, 62],
      ]),
    ).toEqual([
      [179, 60],
      [181, 61],
      [179, 62],
    ]);
  });

  it('keep their ends, and no point of their own making, when they are simplified', () => {
    fc.assert(
      fc.property(
        fc.array(position, { minLength: 2, maxLength: 30 }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (line, weight) => {
          const simple = simplifyLine(line, weight);

          expect(simple[0]).toEqual(line[0]);
          expect(simple[simple.length - 1]).toEqual(line[line.length - 1]);
          for (const point of simple) expect(line).toContainEqual(point);
        },
      ),
    );
  });

  it('stay rings when they are rings', () => {
    const ring = [
      [0, 0],
      [0.001, 0],
      [0.001, 0.001],
      [0, 0.001],
      [0, 0],
    ];

    expect(simplifyLine(ring, 1)).toHaveLength(4);
  });
});
