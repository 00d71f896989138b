// The text index over groups. It is made at the first search, not with the snapshot:
// most snapshots are replaced without having been searched.
import MiniSearch from 'minisearch';
import { fold } from '../domain/fold.ts';
import type { GroupEntry } from './directory.ts';

/** Longer input is cut: nobody types a name of this length. */
const longestSearch = 200;

function indexGroups(groups: readonly GroupEntry[]): MiniSearch {
  const index = new MiniSearch({
    fields: ['name', 'previousNames', 'city', 'topics'],
    tokenize: (text) => text.split(' '),
    processTerm: (term) => (term === '' ? null : term),
    searchOptions: {
      boost: { name: 3, previousNames: 2, city: 2 },
      prefix: (term) => term.length > 1,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
      combineWith: 'AND',
    },
  });
  index.addAll(
    groups.map((group, id) => ({
      id,
      name: fold(group.name),
      previousNames: fold(group.previousNames.join(' ')),
      city: group.cityEntry ? fold(`${group.cityEntry.name} ${group.state}`) : fold(group.state),
      topics: fold(group.topics.join(' ')),
    })),
  );
  return index;
}

/** Answers best first; groups that fit equally well stay in the order given. */
export function searchOver(
  groups: readonly GroupEntry[],
): (words: string) => readonly GroupEntry[] {
  let index: MiniSearch | undefined;
  return (words) => {
    const folded = fold(words.slice(0, longestSearch));
    if (folded === '') return [];
    index ??= indexGroups(groups);
    return index
      .search(folded)
      .sort((one, other) => other.score - one.score || one.id - other.id)
      .map((result) => groups[result.id] as GroupEntry);
  };
}
