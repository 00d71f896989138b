// The lines of the base map, from the atlas to the browser.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeLine, encodeShape, onMap, unwrap } from '../../../server/basemap/encode.ts';
import { simplifyLine } from '../../../server/basemap/simplify.ts';

const position = fc.tuple(
  fc.double({ min: -179, max: 179, noNaN: true }),
  fc.double({ min: -85, max: 85, noNaN: true }),
);

/** The points of path data `M12 3l4-5`, as a browser reads them. */
function pointsOf(path: string): [number, number][] {
  const [x = 0, y = 0, ...steps] = (path.match(/-?\d+/g) ?? []).map(Number);
  const points: [number, number][] = [[x, y]];
  for (let index = 0; index < steps.length; index += 2) {
    const [beforeX, beforeY] = points[points.length - 1] ?? [0, 0];
    points.push([beforeX + (steps[index] ?? 0), beforeY + (steps[index + 1] ?? 0)]);
  }
  return points;
}

describe('lines of the base map', () => {
  it('arrive within half a unit of where they were', () => {
    const line = fc.array(position, { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(line, (lngLats) => {
        const points = lngLats.map((lngLat) => onMap(lngLat, 8_192));
        // Those that fall together are one.
        const apart = points.filter(
          (point, index) =>
            point.map(Math.round).join() !== points[index - 1]?.map(Math.round).join(),
        );

        const path = encodeLine(points);

        if (apart.length < 2) expect(path).toBeUndefined();
        else {
          const read = pointsOf(path ?? '');
          expect(read).toHaveLength(apart.length);
          for (const [index, [x, y]] of read.entries()) {
            expect(Math.abs(x - (apart[index]?.[0] ?? 0))).toBeLessThanOrEqual(0.5);
            expect(Math.abs(y - (apart[index]?.[1] ?? 0))).toBeLessThanOrEqual(0.5);
          }
        }
      }),
    );
  });

  it('stand where a web map has them', () => {
    expect(onMap([0, 0], 256)).toEqual([128, 128]);
    expect(onMap([-180, 85.0511287798], 256)[1]).toBeCloseTo(0, 6);
    expect(onMap([180, -90], 256)[0]).toBe(256);
    expect(onMap([-90, 40], 256)[1]).toBeCloseTo(96.92, 2);
  });

  it('are closed where they are shores, and drawn at both edges where they pass one', () => {
    const island = [
      [170, 10],
      [-170, 10],
      [-170, 20],
      [170, 10],
    ];

    const shape = encodeShape([island], 360, true);

    expect(shape.match(/M/g)).toHaveLength(2);
    expect(shape.match(/z/g)).toHaveLength(2);
    expect(shape).toContain('M350');
    expect(shape).toContain('M-10');
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
