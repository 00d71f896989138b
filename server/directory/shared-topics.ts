// Topics that a city's partners and a group have in common, however each words them.
import { topics } from '../domain/topics.ts';
import type { PartnerEntry } from './directory.ts';

/** In the partners' spelling, each once; a former partner's topics do not count. */
export function sharedTopics(
  partners: readonly Pick<PartnerEntry, 'status' | 'topics'>[],
  group: { readonly topics: readonly string[] },
): readonly string[] {
  const ofGroup = new Set(topics.read(group.topics).map(({ key }) => key));
  const shared = new Map<string, string>();
  for (const partner of partners) {
    if (partner.status === 'former') continue;
    for (const { key, written } of topics.read(partner.topics)) {
      if (ofGroup.has(key) && !shared.has(key)) shared.set(key, written);
    }
  }
  return [...shared.values()];
}
