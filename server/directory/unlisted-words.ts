// Words of partners and groups that the lists of topics and of kinds of help lack: suggestions to the lists.
// They are read from the records each time and never stored.
import { helpKinds } from '../domain/help-kinds.ts';
import { topics } from '../domain/topics.ts';
import { type Vocabulary, wordKey } from '../domain/vocabulary.ts';
import type { GroupEntry, PartnerEntry } from './directory.ts';
import { perDirectory } from './per-directory.ts';

export interface UnlistedWord {
  readonly list: 'topics' | 'help';
  /** As first written. */
  readonly word: string;
  readonly partners: readonly PartnerEntry[];
  readonly groups: readonly GroupEntry[];
}

interface Found {
  readonly word: string;
  readonly partners: PartnerEntry[];
  readonly groups: GroupEntry[];
}

/** The words of one list, those that most records use first, then by the word. */
function unlistedIn(
  list: UnlistedWord['list'],
  vocabulary: Vocabulary,
  partners: readonly (readonly [PartnerEntry, readonly string[]])[],
  groups: readonly (readonly [GroupEntry, readonly string[]])[],
): readonly UnlistedWord[] {
  const found = new Map<string, Found>();
  const note = (words: readonly string[], add: (to: Found) => void): void => {
    for (const { term, written } of vocabulary.read(words)) {
      if (term !== null) continue;
      const key = wordKey(written);
      const known = found.get(key) ?? { word: written, partners: [], groups: [] };
      found.set(key, known);
      add(known);
    }
  };
  for (const [partner, words] of partners) note(words, (to) => to.partners.push(partner));
  for (const [group, words] of groups) note(words, (to) => to.groups.push(group));
  const uses = (one: Found): number => one.partners.length + one.groups.length;
  return [...found.values()]
    .sort((one, other) => uses(other) - uses(one) || one.word.localeCompare(other.word, 'en'))
    .map((one) => ({ list, ...one }));
}

/** Topics first, then kinds of help. */
export const unlistedWords = perDirectory(({ partners, groups }): readonly UnlistedWord[] => [
  ...unlistedIn(
    'topics',
    topics,
    partners.map((partner) => [partner, partner.topics]),
    groups.map((group) => [group, group.topics]),
  ),
  ...unlistedIn(
    'help',
    helpKinds,
    partners.map((partner) => [partner, partner.offers]),
    groups.map((group) => [group, group.needs]),
  ),
]);
