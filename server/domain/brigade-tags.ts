// The tags of a group as known clients of the Brigade list read them. A group that a list brought keeps the list's
// own words; the others get the one word for what they are.
import type { Group } from './records.ts';
import type { GroupKind } from './words.ts';

const tagOfKind: Readonly<Record<GroupKind, string | null>> = {
  brigade: 'Brigade',
  'open-data-group': 'Open Data',
  meetup: 'Meetup',
  'civic-hacking-group': 'Civic Hacking',
  other: null,
};

/** What a list says of those that stand in it; no longer true of a group that it has dropped. */
const official = 'Official';

/** In the list's own order. Maps of Brigades look for `Brigade` and `Official`. */
export function brigadeTags(group: Pick<Group, 'tags' | 'kind' | 'listing'>): readonly string[] {
  if (group.tags.length > 0) {
    return group.listing?.mark === 'gone'
      ? group.tags.filter((tag) => tag !== official)
      : group.tags;
  }
  const tag = tagOfKind[group.kind];
  return tag === null ? [] : [tag];
}
