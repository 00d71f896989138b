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
