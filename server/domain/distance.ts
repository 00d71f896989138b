// Distances over the earth's surface, on which reach, nearest and match are built.
// Rounding and words ("4.2 miles") are left to web/format.ts.
import type { Point } from './records.ts';

/** Mean radius of the earth (IUGG R1), 6371.0088 km, in miles. */
export const earthRadiusMiles = 6371.0088 / 1.609344;

/** One international mile in kilometres, exactly. */
export const kilometresPerMile = 1.609344;

/** No two points of the earth are farther apart than half its circumference, miles. */
export const greatestDistanceMiles = Math.PI * earthRadiusMiles;

const radians = Math.PI / 180;

/**
 * Great-circle distance in miles by the haversine formula, on a sphere of mean radius:
 * at most 0.5 % off the ellipsoid. The same points in either order give the same number.
 */
export function distanceMiles(from: Point, to: Point): number {
  const sinLat = Math.sin(((to.lat - from.lat) * radians) / 2);
  const sinLng = Math.sin(((to.lng - from.lng) * radians) / 2);
  const haversine =
    sinLat * sinLat + Math.cos(from.lat * radians) * Math.cos(to.lat * radians) * (sinLng * sinLng);
  return 2 * earthRadiusMiles * Math.asin(Math.min(1, Math.sqrt(haversine)));
}

export const toKilometres = (miles: number): number => miles * kilometresPerMile;

/** Degrees; west is never east of east. */
export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/**
 * One or two boxes that hold every point within the distance, and some beyond it: two where the circle crosses
 * the antimeridian. Around a pole a box goes all the way round.
 * The half width in longitude is asin(sin r / cos lat), where the meridian touches the circle.
 */
export function boxesAround({ lat, lng }: Point, miles: number): readonly Box[] {
  const angle = miles / earthRadiusMiles;
  const [south, north] = [lat - angle / radians, lat + angle / radians];
  if (!(south > -90 && north < 90)) return [{ west: -180, south, east: 180, north }];
  const half = Math.asin(Math.min(1, Math.sin(angle) / Math.cos(lat * radians))) / radians + 1e-9;
  const [west, east] = [lng - half, lng + half];
  if (west < -180) {
    return [
      { west: -180, south, east, north },
      { west: west + 360, south, east: 180, north },
    ];
  }
  if (east > 180) {
    return [
      { west, south, east: 180, north },
      { west: -180, south, east: east - 360, north },
    ];
  }
  return [{ west, south, east, north }];
}

/** Where a point is on a ball of radius 1, seen from its middle. */
export function toVector({ lat, lng }: Point): [number, number, number] {
  const level = Math.cos(lat * radians);
  return [
    level * Math.cos(lng * radians),
    level * Math.sin(lng * radians),
    Math.sin(lat * radians),
  ];
}
