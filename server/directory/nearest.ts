// The spatial index: which groups are nearest to a point, exactly.
// kdbush and geokdbush find the candidates; domain/distance.ts has the last word on every distance.
import { around } from 'geokdbush';
import KDBush from 'kdbush';
import { distanceMiles, greatestDistanceMiles, toKilometres } from '../domain/distance.ts';
import type { Point } from '../domain/records.ts';
import type { GroupEntry, GroupInReach, NearestQuery } from './directory.ts';
import { nearestFirst } from './order.ts';

export type NearestIndex = (point: Point, query: NearestQuery) => GroupInReach[];

// geokdbush takes a slightly smaller earth and rounds otherwise: candidates are looked for a little
// farther out (0.01 % and a few feet), then measured with our own distance and cut where they must be.
const widened = (miles: number): number => miles * 1.0001 + 0.001;

/** Makes the index of the given groups; answers in the order of order.ts's nearestFirst. */
export function indexNearest(groups: readonly GroupEntry[]): NearestIndex {
  if (groups.length === 0) return () => [];
  const index = new KDBush(groups.length);
  for (const group of groups) index.add(group.lng, group.lat);
  index.finish();

  const candidates = (
    point: Point,
    miles: number,
    limit: number,
    matching: NearestQuery['matching'],
  ): GroupInReach[] => {
    const farthest =
      widened(miles) >= greatestDistanceMiles ? Infinity : toKilometres(widened(miles));
    const accepts = matching && ((id: number) => matching(groups[id] as GroupEntry));
    return around(index, point.lng, point.lat, limit, farthest, accepts).map((id) => {
      const group = groups[id] as GroupEntry;
      return { group, distanceMiles: distanceMiles(point, group) };
    });
  };

  return (point, { withinMiles, limit = Infinity, matching }) => {
    if (!(withinMiles >= 0) || !(limit >= 1)) return [];
    let within = withinMiles;
    if (limit < groups.length) {
      // The first `limit` candidates bound the distance; ties at that distance are fetched by the second look.
      const first = candidates(point, withinMiles, limit, matching);
      if (first.length === limit) {
        within = first.reduce((farthest, near) => Math.max(farthest, near.distanceMiles), 0);
        within = Math.min(within, withinMiles);
      }
    }
    const found = candidates(point, within, Infinity, matching)
      .filter((near) => near.distanceMiles <= withinMiles)
      .sort(nearestFirst);
    return found.length > limit ? found.slice(0, limit) : found;
  };
}
