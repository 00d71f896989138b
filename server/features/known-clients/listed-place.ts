// The place of a group as the Brigade list writes it.
import type { GroupEntry } from '../../directory/directory.ts';
import { cityLabel, countryLabel } from '../../web/format.ts';
import { stateLabel } from '../../web/place-words.ts';

/** "Pittsburgh, PA", "Toronto, Canada"; for a group of a whole state or country its name. */
export function listedPlace(group: GroupEntry): string {
  if (group.cityEntry) return cityLabel(group.cityEntry);
  return group.state === '' ? countryLabel(group.country) : stateLabel(group.state);
}
