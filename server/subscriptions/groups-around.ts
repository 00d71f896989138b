// The groups within a distance of a place, closed ones too: one that is known to be closed may wake up.
import type { Directory, GroupInReach } from '../directory/directory.ts';
import { nearestFirst } from '../directory/order.ts';
import { distanceMiles, earthRadiusMiles } from '../domain/distance.ts';
import type { Point } from '../domain/records.ts';
import type { NearGroup } from '../domain/subscription.ts';

const milesPerDegree = (earthRadiusMiles * Math.PI) / 180;

/** Nearest first. */
export function groupsAround(directory: Directory, point: Point, miles: number): GroupInReach[] {
  const degrees = miles / milesPerDegree;
  return directory.groups
    .filter(({ lat }) => Math.abs(lat - point.lat) <= degrees + 0.001)
    .map((group) => ({ group, distanceMiles: distanceMiles(point, group) }))
    .filter((near) => near.distanceMiles <= miles)
    .sort(nearestFirst);
}

export const toNear = (groups: readonly GroupInReach[]): NearGroup[] =>
  groups.map(({ group }) => ({ slug: group.slug, state: group.liveness.state }));
