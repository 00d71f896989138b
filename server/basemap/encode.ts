// Writes lines as whole numbers: the first point, then the step to each next one. Small numbers compress well.
// The browser reads them back in public/scripts/modules/map/lines.ts.
import type { Position } from 'geojson';

/** Longitudes that go on past 180 instead of jumping to -180, so that a line never crosses the whole map. */
export function unwrap(line: readonly Position[]): Position[] {
  let turn = 0;
  let before: number | undefined;
  return line.map(([lng = 0, lat = 0]) => {
    if (before !== undefined) {
      if (lng - before > 180) turn -= 360;
      if (lng - before < -180) turn += 360;
    }
    before = lng;
    return [lng + turn, lat];
  });
}

/**
 * One line, longitude first, as `[x, y, dx, dy, ...]` in steps of 1/scale degree.
 * Points that fall together are written once; a line of fewer than two points is undefined.
 */
export function encodeLine(line: readonly Position[], scale: number): number[] | undefined {
  const numbers: number[] = [];
  let x = 0;
  let y = 0;
  for (const [lng = 0, lat = 0] of line) {
    const nextX = Math.round(lng * scale);
    const nextY = Math.round(lat * scale);
    if (numbers.length > 0 && nextX === x && nextY === y) continue;
    numbers.push(nextX - x, nextY - y);
    x = nextX;
    y = nextY;
  }
  return numbers.length < 4 ? undefined : numbers;
}

/** Many lines; those too short to be seen at this scale are left out. */
export function encodeLines(lines: readonly (readonly Position[])[], scale: number): number[][] {
  return lines.flatMap((line) => {
    const numbers = encodeLine(unwrap(line), scale);
    return numbers ? [numbers] : [];
  });
}
