// Slugs that somebody typed, held against the records: an unknown one is refused, with the names that come near.
import MiniSearch from 'minisearch';
import { readGroups } from '../store/groups.ts';
import { readPartners } from '../store/partners.ts';
import type { Store } from '../store/store.ts';
import { WrongInput } from './wrong-input.ts';

interface Named {
  readonly slug: string;
  readonly name: string;
}

/** @throws WrongInput that names the first unknown slug and up to five records that may have been meant. */
export async function refuseUnknownSlugs(
  store: Store,
  asked: { readonly partners: readonly string[]; readonly groups: readonly string[] },
): Promise<void> {
  if (asked.partners.length > 0) {
    refuse('partner', asked.partners, await readPartners(store));
  }
  if (asked.groups.length > 0) refuse('group', asked.groups, await readGroups(store));
}

function refuse(noun: string, asked: readonly string[], records: readonly Named[]): void {
  const known = new Set(records.map(({ slug }) => slug));
  const unknown = asked.find((slug) => !known.has(slug));
  if (unknown === undefined) return;
  if (known.size === 0) {
    throw new WrongInput(
      `There is no ${noun} yet. Start the site once, or load the starting directory with: seed`,
    );
  }
  const near = findNear(unknown, records);
  throw new WrongInput(
    [
      `There is no ${noun} "${unknown}".${near.length > 0 ? ' Did you mean:' : ''}`,
      ...near.map(({ slug, name }) => `  ${slug}  (${name})`),
    ].join('\n'),
  );
}

function findNear(typed: string, records: readonly Named[]): Named[] {
  const index = new MiniSearch({ fields: ['slug', 'name'], idField: 'slug' });
  index.addAll(records.map(({ slug, name }) => ({ slug, name })));
  const found = index.search(typed.replaceAll('-', ' '), {
    prefix: (term) => term.length > 2,
    fuzzy: (term) => (term.length > 3 ? 0.3 : false),
  });
  const bySlug = new Map(records.map((record) => [record.slug, record]));
  return found.slice(0, 5).flatMap(({ id }) => bySlug.get(String(id)) ?? []);
}
