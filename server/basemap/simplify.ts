// Makes the arcs of a topology lighter without tearing neighbours apart: both sides of a border share one arc,
// so an arc is simplified once, and its two ends stay where other arcs meet it.
import type { Position } from 'geojson';
import type { Arc, Topology } from 'topojson-specification';

/** The arcs of a topology in degrees, longitude first; a delta-coded topology is decoded. */
export function absoluteArcs(topology: Topology): Position[][] {
  const { transform } = topology;
  if (!transform) return topology.arcs.map((arc) => arc.map((point) => [...point]));
  const [scaleX, scaleY] = transform.scale;
  const [moveX, moveY] = transform.translate;
  return topology.arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map((step) => {
      x += step[0] ?? 0;
      y += step[1] ?? 0;
      return [x * scaleX + moveX, y * scaleY + moveY];
    });
  });
}

/** Twice the area of the triangle in square degrees, longitude narrowed as on the ground at that latitude. */
function triangleWeight(a: Position, b: Position, c: Position): number {
  const [ax = 0, ay = 0] = a;
  const [bx = 0, by = 0] = b;
  const [cx = 0, cy = 0] = c;
  const narrowing = Math.cos((by * Math.PI) / 180);
  return Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) * narrowing;
}

/**
 * Visvalingam's rule: drops, lightest first, each inner point whose triangle with its neighbours weighs
 * less than `weight` (square degrees). The ends stay; a closed line keeps at least four points.
 */
export function simplifyLine(line: readonly Position[], weight: number): Position[] {
  const points = [...line];
  const [first, last] = [points[0], points[points.length - 1]];
  const closed = first?.[0] === last?.[0] && first?.[1] === last?.[1];
  const fewest = closed ? 4 : 2;
  while (points.length > fewest) {
    let lightest = -1;
    let least = weight;
    for (let index = 1; index < points.length - 1; index += 1) {
      const [a, b, c] = [points[index - 1], points[index], points[index + 1]];
      if (!a || !b || !c) continue;
      const here = triangleWeight(a, b, c);
      if (here < least) {
        least = here;
        lightest = index;
      }
    }
    if (lightest < 0) break;
    points.splice(lightest, 1);
  }
  return points;
}

/** A copy of the topology in degrees with every arc simplified. */
export function simplifyTopology<T extends Topology>(topology: T, weight: number): T {
  const { transform: _, ...rest } = topology;
  return {
    ...rest,
    arcs: absoluteArcs(topology).map((arc) => simplifyLine(arc, weight) as Arc),
  } as T;
}

/** The area of a ring in square degrees, as flat as the map; its direction does not matter. */
export function ringArea(ring: readonly Position[]): number {
  let twice = 0;
  for (let index = 0; index < ring.length; index += 1) {
    const [x = 0, y = 0] = ring[index] ?? [];
    const [nextX = 0, nextY = 0] = ring[(index + 1) % ring.length] ?? [];
    twice += x * nextY - nextX * y;
  }
  return Math.abs(twice) / 2;
}
