// Topics that a city's partners and a group have in common, however each spells them.
import { fold } from '../domain/fold.ts';
import type { PartnerEntry } from './directory.ts';

/** In the partners' spelling, each once; a former partner's topics do not count. */
export function sharedTopics(
  partners: readonly Pick<PartnerEntry, 'status' | 'topics'>[],
  group: { readonly topics: readonly string[] },
): readonly string[] {
  const ofGroup = new Set(group.topics.map(fold));
  const shared = new Map<string, string>();
  for (const partner of partners) {
    if (partner.status === 'former') continue;
    for (const topic of partner.topics) {
      const key = fold(topic);
      if (ofGroup.has(key) && !shared.has(key)) shared.set(key, topic);
    }
  }
  return [...shared.values()];
}
