// Whether a group is drawn on the maps, and if not, why. The words are left to whoever shows them.
import type { LivenessState } from './words.ts';

export const offMapReasons = ['closed', 'no-coordinates'] as const;
export type OffMapReason = (typeof offMapReasons)[number];

/**
 * Why a group of the directory is not on the map, or null where it is. Closed groups are not drawn;
 * neither is one without coordinates on earth, or at 0, 0, where tables put what they do not know.
 */
export function whyNotOnMap(group: {
  readonly lat: number;
  readonly lng: number;
  readonly liveness: { readonly state: LivenessState };
}): OffMapReason | null {
  if (group.liveness.state === 'closed') return 'closed';
  const { lat, lng } = group;
  const isOnEarth = Math.abs(lat) <= 90 && Math.abs(lng) <= 180;
  return isOnEarth && !(lat === 0 && lng === 0) ? null : 'no-coordinates';
}
