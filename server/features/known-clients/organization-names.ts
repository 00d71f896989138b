// How the Code for America API names organizations in addresses: spaces become dashes, and on the way back dashes and
// old-style underscores are spaces again. Names that a group had before lead to it too.
import type { Directory, GroupEntry } from '../../directory/directory.ts';
import { perDirectory } from '../../directory/per-directory.ts';

/** "Code for Boston" → "Code-for-Boston"; what an address would take for its own goes too. */
export const toAddressName = (name: string): string => name.replace(/[\s/?#]/g, '-');

/** What two spellings of one name have in common: dashes, underscores, capitals and accents' encoding set aside. */
export const nameKey = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[-_/?#\s]+/g, ' ')
    .trim();

export interface OrganizationNames {
  /** The organizations that known clients see, in the directory's order: groups that have not closed. */
  readonly all: readonly GroupEntry[];
  readonly idOf: (group: GroupEntry) => string;
  readonly find: (name: string) => GroupEntry | undefined;
}

/** A name leads to the group that has it now, then to the one with that slug, then to the one that had it before. */
export const organizationNames = perDirectory((directory: Directory): OrganizationNames => {
  const all = directory.groups.filter(({ closed }) => closed === null);
  const byKey = new Map<string, GroupEntry>();
  const add = (name: string, group: GroupEntry): void => {
    const key = nameKey(name);
    if (key !== '' && !byKey.has(key)) byKey.set(key, group);
  };
  for (const group of all) add(group.name, group);
  for (const group of all) add(group.slug, group);
  for (const group of all) for (const name of group.previousNames) add(name, group);

  return {
    all,
    idOf: (group) =>
      byKey.get(nameKey(group.name)) === group ? toAddressName(group.name) : group.slug,
    find: (name) => byKey.get(nameKey(name)),
  };
});
