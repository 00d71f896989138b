// How many points lie within a distance, exactly. Neighbours are taken in blocks, each with the circle that holds it:
// a block that lies inside or outside as a whole is settled at once, and only those at the edge are looked into.
import { distanceMiles, earthRadiusMiles, toVector } from '../domain/distance.ts';
import type { Point } from '../domain/records.ts';

/** Points to a block: fewer make more blocks to look at, more make more points to measure. */
const blockSize = 32;

/** Numbers kept of a block: its middle, and sine and cosine of half the angle that it reaches around it. */
const perBlock = 5;

/** Rounding of squares of chords: within it distanceMiles has the last word. */
const slip = (square: number): number => square * 1e-6 + 1e-13;

/** The square of the straight line through the earth between the ends of two vectors, the earth's radius being 1. */
function chord(list: Float64Array, at: number, x: number, y: number, z: number): number {
  const east = (list[at] as number) - x;
  const north = (list[at + 1] as number) - y;
  const up = (list[at + 2] as number) - z;
  return east * east + north * north + up * up;
}

/** @param order the numbers of all points, neighbours beside each other */
export function countsFrom(
  points: readonly Point[],
  order: ArrayLike<number>,
): (from: Point, miles: number) => number {
  const pointAt = (at: number): Point => points[order[at] as number] as Point;
  const vectors = new Float64Array(3 * order.length);
  for (let at = 0; at < order.length; at += 1) vectors.set(toVector(pointAt(at)), 3 * at);
  const blocks = blocksOf(vectors);

  return (from, miles) => {
    const [x, y, z] = toVector(from);
    const half = Math.min(miles / earthRadiusMiles, Math.PI) / 2;
    const [sine, cosine] = [Math.sin(half), Math.cos(half)];
    const square = 4 * sine * sine;
    const edge = slip(square);
    let total = 0;
    for (let block = 0; block * perBlock < blocks.length; block += 1) {
      const away = chord(blocks, block * perBlock, x, y, z);
      const reachSine = blocks[block * perBlock + 3] as number;
      const reachCosine = blocks[block * perBlock + 4] as number;
      // Half the angle less, and half the angle more, than the block reaches around its middle.
      const less = sine * reachCosine - cosine * reachSine;
      const more = sine * reachCosine + cosine * reachSine;
      const start = block * blockSize;
      const end = Math.min(start + blockSize, order.length);
      if (less > 0 && away <= 4 * less * less - slip(4)) total += end - start;
      else {
        const goesRound = cosine * reachCosine - sine * reachSine < 0;
        if (goesRound || away <= 4 * more * more + slip(4)) {
          // Written out here: numbers that a function of its own takes from around it cost twice the time.
          for (let at = start; at < end; at += 1) {
            const beyond = chord(vectors, 3 * at, x, y, z) - square;
            if (Math.abs(beyond) > edge) total += beyond < 0 ? 1 : 0;
            else if (distanceMiles(from, pointAt(at)) <= miles) total += 1;
          }
        }
      }
    }
    return total;
  };
}

/** The circles that hold the blocks: around the mean of the points, as far as the farthest of them. */
function blocksOf(vectors: Float64Array): Float64Array {
  const count = Math.ceil(vectors.length / 3 / blockSize);
  const blocks = new Float64Array(perBlock * count);
  for (let block = 0; block < count; block += 1) {
    const part = vectors.subarray(3 * block * blockSize, 3 * (block + 1) * blockSize);
    let [x, y, z] = [0, 0, 0];
    for (let at = 0; at < part.length; at += 3) {
      x += part[at] as number;
      y += part[at + 1] as number;
      z += part[at + 2] as number;
    }
    const length = Math.hypot(x, y, z) || 1;
    [x, y, z] = [x / length, y / length, z / length];
    let farthest = 0;
    for (let at = 0; at < part.length; at += 3) {
      farthest = Math.max(farthest, chord(part, at, x, y, z));
    }
    const sine = Math.min(1, Math.sqrt(farthest) / 2);
    blocks.set([x, y, z, sine, Math.sqrt(1 - sine * sine)], perBlock * block);
  }
  return blocks;
}
