// The spatial index: which groups are nearest to a point and how many are around it, exactly.
// kdbush and geokdbush find the candidates; domain/distance.ts has the last word on every distance.
import { around } from 'geokdbush';
import KDBush from 'kdbush';
import {
  boxesAround,
  distanceMiles,
  greatestDistanceMiles,
  toKilometres,
} from '../domain/distance.ts';
import type { Point } from '../domain/records.ts';
import { countsFrom } from './count-around.ts';
import type { GroupEntry, GroupInReach, NearestQuery } from './directory.ts';
import { nearestFirst } from './order.ts';

export interface NearestIndex {
  /** In the order of order.ts's nearestFirst. */
  readonly nearest: (point: Point, query: NearestQuery) => GroupInReach[];
  /** How many there are within the distance. */
  readonly count: (point: Point, withinMiles: number) => number;
}

// geokdbush takes a slightly smaller earth and rounds otherwise: candidates are looked for a little
// farther out (0.01 % and a few feet), then measured with our own distance and cut where they must be.
const widened = (miles: number): number => miles * 1.0001 + 0.001;

/** Surely: by more than two ways of computing a distance may differ. */
const isFarther = (one: GroupInReach, other: GroupInReach): boolean =>
  one.distanceMiles > other.distanceMiles * 1.0001 + 0.001;

const nothing: NearestIndex = { nearest: () => [], count: () => 0 };

/** Makes the index of the given groups. */
export function indexNearest(groups: readonly GroupEntry[]): NearestIndex {
  if (groups.length === 0) return nothing;
  const index = new KDBush(groups.length);
  for (const group of groups) index.add(group.lng, group.lat);
  index.finish();

  const measure = (point: Point, id: number): GroupInReach => {
    const group = groups[id] as GroupEntry;
    return { group, distanceMiles: distanceMiles(point, group) };
  };
  /** Ids of all groups within the distance and of some beyond it, in no order. */
  const idsAround = (point: Point, miles: number): number[] =>
    boxesAround(point, widened(miles)).flatMap(({ west, south, east, north }) =>
      index.range(west, south, east, north),
    );
  const all = (point: Point, miles: number): GroupInReach[] =>
    idsAround(point, miles)
      .map((id) => measure(point, id))
      .filter((near) => near.distanceMiles <= miles);
  const first = (
    point: Point,
    miles: number,
    limit: number,
    matching: NearestQuery['matching'],
  ): GroupInReach[] => {
    const farthest =
      widened(miles) >= greatestDistanceMiles ? Infinity : toKilometres(widened(miles));
    const accepts = matching && ((id: number) => matching(groups[id] as GroupEntry));
    return around(index, point.lng, point.lat, limit, farthest, accepts).map((id) =>
      measure(point, id),
    );
  };

  // Made at the first count: most snapshots are replaced before anybody counts.
  let counts: ReturnType<typeof countsFrom> | undefined;

  return {
    nearest(point, { withinMiles, limit = Infinity, matching }) {
      if (!(withinMiles >= 0) || !(limit >= 1)) return [];
      let within = withinMiles;
      if (limit < groups.length) {
        // One more than wanted: where it lies farther out than the rest, no other can belong to them.
        const candidates = first(point, withinMiles, limit + 1, matching).sort(nearestFirst);
        const [last, next] = [candidates[limit - 1], candidates[limit]];
        if (last && next && isFarther(next, last) && last.distanceMiles <= withinMiles) {
          return candidates.slice(0, limit);
        }
        // Ties at that distance are fetched by the second look.
        if (last) within = Math.min(last.distanceMiles, withinMiles);
      }
      const found = all(point, within)
        .filter(({ group }) => matching?.(group) ?? true)
        .sort(nearestFirst);
      return found.length > limit ? found.slice(0, limit) : found;
    },

    count(point, withinMiles) {
      if (!(withinMiles >= 0)) return 0;
      counts ??= countsFrom(groups, index.ids);
      return counts(point, withinMiles);
    },
  };
}
