// Since when a group is shown, and where a group that is not on the map is missing, in words.
import { type OffMapReason, whyNotOnMap } from '../domain/on-map.ts';

const offMapWords: Readonly<Record<OffMapReason, string>> = {
  closed: 'It is not on the map, because it is closed.',
  'no-coordinates': 'It is not on the map, because its coordinates are not known.',
};

/** Why a group is not on the map, as a sentence; null where it is on it. */
export function offMapText(group: Parameters<typeof whyNotOnMap>[0]): string | null {
  const reason = whyNotOnMap(group);
  return reason && offMapWords[reason];
}
