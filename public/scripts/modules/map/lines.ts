// Reads the lines of the base map files back into coordinates; server/basemap/encode.ts writes them.
// Needs no page.

/** Latitude first, as Leaflet takes it. */
export type LatLngPair = [number, number];

/** One line `[x, y, dx, dy, ...]` in steps of 1/scale degree. */
export function decodeLine(numbers: readonly number[], scale: number): LatLngPair[] {
  const points: LatLngPair[] = [];
  let x = 0;
  let y = 0;
  for (let index = 0; index + 1 < numbers.length; index += 2) {
    x += numbers[index] ?? 0;
    y += numbers[index + 1] ?? 0;
    points.push([y / scale, x / scale]);
  }
  return points;
}

export const decodeLines = (lines: readonly (readonly number[])[], scale: number): LatLngPair[][] =>
  lines.map((line) => decodeLine(line, scale));
