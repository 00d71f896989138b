// Saving an example or a convening that somebody wrote in a form: a new one gets a slug of its own, and a change to
// one that changed meanwhile is not written over it. What the form asks is up to the feature.

import type { Collaboration, Convening } from '../domain/records.ts';
import { freeSlug } from '../domain/slug.ts';
import type { Services } from '../services.ts';
import { findCollaboration } from '../store/collaborations.ts';
import { findConvening } from '../store/convenings.ts';
import { addRecords, putCollaboration, putConvening } from '../store/put-records.ts';
import type { Writer } from '../store/writer.ts';
import { inTurn } from '../survey/in-turn.ts';

export type Written<Record> = Omit<Record, 'slug' | 'updatedAt'>;

/** What is saved over: its slug, and when it was last changed as the form knew it. */
export interface Seen {
  readonly slug: string;
  readonly updatedAt: string;
}

export type SaveOutcome<Record> =
  | { readonly kind: 'saved'; readonly slug: string }
  /** Somebody changed it since; nothing was written. */
  | { readonly kind: 'conflict'; readonly now: Record }
  | { readonly kind: 'gone' };

type Saving = Pick<Services, 'store' | 'directory'>;

interface Shelf<Record> {
  readonly find: (slug: string) => Promise<Record | undefined>;
  readonly put: (record: Written<Record> & { readonly slug: string }) => Promise<boolean>;
  /** False where the slug is taken. */
  readonly add: (record: Written<Record> & { readonly slug: string }) => Promise<boolean>;
  readonly titleOf: (record: Written<Record>) => string;
  readonly noun: string;
}

/** @param seen null for a new one */
export const saveCollaboration = (
  { store, directory }: Saving,
  written: Written<Collaboration>,
  seen: Seen | null,
  writer: Writer,
): Promise<SaveOutcome<Collaboration>> =>
  save<Collaboration>(directory, written, seen, {
    find: (slug) => findCollaboration(store, slug),
    put: (record) => putCollaboration(store, record, writer),
    add: (record) => addRecords(store, 'collaboration', { collaborations: [record] }, writer),
    titleOf: ({ title }) => title,
    noun: 'collaboration',
  });

/** @param seen null for a new one */
export const saveConvening = (
  { store, directory }: Saving,
  written: Written<Convening>,
  seen: Seen | null,
  writer: Writer,
): Promise<SaveOutcome<Convening>> =>
  save<Convening>(directory, written, seen, {
    find: (slug) => findConvening(store, slug),
    put: (record) => putConvening(store, record, writer),
    add: (record) => addRecords(store, 'convening', { convenings: [record] }, writer),
    titleOf: ({ name }) => name,
    noun: 'convening',
  });

/** One at a time: whoever comes second sees what the first one wrote. */
function save<Record extends { readonly updatedAt: string }>(
  directory: Services['directory'],
  written: Written<Record>,
  seen: Seen | null,
  shelf: Shelf<Record>,
): Promise<SaveOutcome<Record>> {
  return inTurn(`save ${shelf.noun}`, async () => {
    if (!seen) {
      const slug = await addAs(written, shelf);
      await directory.refresh();
      return { kind: 'saved', slug };
    }
    const { slug } = seen;
    const now = await shelf.find(slug);
    if (!now) return { kind: 'gone' };
    if (now.updatedAt !== seen.updatedAt) return { kind: 'conflict', now };
    if (await shelf.put({ ...written, slug })) await directory.refresh();
    return { kind: 'saved', slug };
  });
}

/** Under the first slug that nobody has: another process may take one after it was found free. */
async function addAs<Record>(
  written: Written<Record>,
  { find, add, titleOf, noun }: Shelf<Record>,
): Promise<string> {
  const taken = new Set<string>();
  for (;;) {
    const slug = freeSlug(titleOf(written), (one) => taken.has(one), noun);
    if (!(await find(slug)) && (await add({ ...written, slug }))) return slug;
    taken.add(slug);
  }
}
