// Writes lines as SVG path data on the square map of the world that the browser shows (Web Mercator), so that it
// draws them as they come. Whole numbers, each a step from the one before: small numbers compress well.
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

/** Where the square map ends. */
const farthestNorth = 85.0511287798;

/** A point, longitude first, on a map of the world `size` units wide and high, from its north-western corner. */
export function onMap([lng = 0, lat = 0]: Position, size: number): [x: number, y: number] {
  const up = (Math.max(-farthestNorth, Math.min(farthestNorth, lat)) * Math.PI) / 180;
  return [
    ((lng + 180) / 360) * size,
    (0.5 - Math.log(Math.tan(Math.PI / 4 + up / 2)) / (2 * Math.PI)) * size,
  ];
}

/** Numbers as path data has them: a minus parts them as well as a space. */
const written = (numbers: readonly number[]): string => numbers.join(' ').replace(/ -/g, '-');

/**
 * One line of points on the map as path data: `M12 3l4-5 6 7`.
 * Points that fall together are written once; a line of fewer than two points is undefined.
 */
export function encodeLine(points: readonly Position[]): string | undefined {
  const steps: number[] = [];
  let [x, y] = [Number.NaN, Number.NaN];
  let start = '';
  for (const [nextX = 0, nextY = 0] of points.map((point) => point.map(Math.round))) {
    if (nextX === x && nextY === y) continue;
    if (start === '') start = `M${written([nextX, nextY])}l`;
    else steps.push(nextX - x, nextY - y);
    [x, y] = [nextX, nextY];
  }
  return steps.length === 0 ? undefined : start + written(steps);
}

/** The same points one turn of the world further, for a line that leaves the map at its edge. */
function atOtherEdge(points: readonly Position[], size: number): Position[] | undefined {
  const across = points.map(([x = 0]) => x);
  const turn = Math.max(...across) > size ? -size : Math.min(...across) < 0 ? size : 0;
  return turn === 0 ? undefined : points.map(([x = 0, y = 0]) => [x + turn, y]);
}

/**
 * One shape of one or more lines, longitude first, as path data; rings are closed, and a ring inside a ring is a hole
 * by the even-odd rule. A line past the edge of the map is drawn a second time at its other edge.
 * Lines too short to be seen are left out; '' where none is left.
 */
export function encodeShape(
  lines: readonly (readonly Position[])[],
  size: number,
  closed: boolean,
): string {
  return lines
    .map((line) => unwrap(line).map((point) => onMap(point, size)))
    .flatMap((points) => [points, atOtherEdge(points, size) ?? []])
    .map(encodeLine)
    .filter((path) => path !== undefined)
    .map((path) => (closed ? `${path}z` : path))
    .join('');
}
