// Merges two records of one group in one step: the kept one is written, what names the other names the kept one, the
// other goes. It is a batch as an import is, so one that a crash cut off is completed when it is asked for again,
// readers see it once it is whole, and it is undone as one.
import { createHash } from 'node:crypto';
import { type MergeChoices, mergedGroup } from '../domain/merge.ts';
import type { RecordStep } from '../domain/record-steps.ts';
import type { Group } from '../domain/records.ts';
import { applyImport } from '../import/apply/apply-import.ts';
import { conflictsOf, undoImport } from '../import/apply/undo-import.ts';
import type { Services } from '../services.ts';
import { planTies } from '../store/group-ties.ts';
import { findGroup } from '../store/groups.ts';
import {
  addBatch,
  dropBatch,
  findBatch,
  type ImportBatch,
  isUnfinished,
} from '../store/import-batches.ts';
import { findOpenIntroductions } from '../store/introductions.ts';
import type { Store } from '../store/store.ts';
import { inTurn } from '../survey/in-turn.ts';

type Parts = Pick<Services, 'store' | 'directory' | 'clock'>;

export interface Merge {
  /** Slugs. */
  readonly keep: string;
  readonly other: string;
  readonly choices: MergeChoices;
  /** What the two were when the choice was made, see markOf; '' merges them as they are. */
  readonly mark: string;
  /** A person's identifier. */
  readonly by: string | null;
}

export type MergeOutcome =
  | { readonly kind: 'merged'; readonly batch: string }
  | { readonly kind: 'gone' | 'changed-meanwhile' | 'not-now' }
  /** These records were changed while the merge was being written: "group code-for-tulsa". */
  | { readonly kind: 'conflict'; readonly records: readonly string[] }
  /** The same partner has an open introduction to each of them, and one group has one. */
  | { readonly kind: 'introductions'; readonly partner: string };

/** Differs as soon as one of the two was changed. */
export const markOf = (keep: Group, other: Group): string =>
  hashOf(JSON.stringify([keep, other])).slice(0, 16);

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export const mergeGroups = (parts: Parts, merge: Merge): Promise<MergeOutcome> =>
  inTurn('merge groups', async () => {
    const outcome = await mergeInTurn(parts, merge);
    await parts.directory.refresh();
    return outcome;
  });

async function mergeInTurn({ store, clock }: Parts, merge: Merge): Promise<MergeOutcome> {
  const name = await planMerge(store, merge, clock());
  if (typeof name !== 'string') return name;
  const isNew = (await findBatch(store, name))?.state === 'planned';
  const applied = await applyImport({ store, clock }, name);
  if (applied.kind === 'done') return { kind: 'merged', batch: name };
  if (applied.kind !== 'conflict') return { kind: 'not-now' };
  // What was written of it goes back; a plan of which nothing was written is as if it had never been.
  if (isNew && applied.batch.chunksDone === 0) await dropBatch(store, name);
  else await undoImport({ store, clock, by: merge.by }, name);
  return { kind: 'conflict', records: applied.records };
}

/** The name of the batch that holds the plan: a new one, or the one that was cut off. */
async function planMerge(store: Store, merge: Merge, now: Date): Promise<string | MergeOutcome> {
  const { keep: keepSlug, other: otherSlug, choices, by } = merge;
  if (keepSlug === otherSlug) return { kind: 'gone' };
  const { free, cutOff } = await batchNames(store, keepSlug, otherSlug);
  if (cutOff) return cutOff.name;
  const [keep, other] = [await findGroup(store, keepSlug), await findGroup(store, otherSlug)];
  if (!keep || !other) return { kind: 'gone' };
  if (merge.mark !== '' && merge.mark !== markOf(keep, other)) return { kind: 'changed-meanwhile' };
  const partner = await doublyIntroduced(store, keepSlug, otherSlug);
  if (partner !== null) return { kind: 'introductions', partner };
  const after = mergedGroup(keep, other, choices, now.toISOString());
  const steps: RecordStep[] = [
    { kind: 'group', slug: keepSlug, before: keep, after },
    ...(await planTies(store, otherSlug, keepSlug)),
    { kind: 'group', slug: otherSlug, before: other, after: null },
  ];
  const title = `${other.name} merged into ${after.name}`;
  const at = now.toISOString();
  const batch = { name: free, kind: 'merge', title, fileName: '', hash: '', by, at } as const;
  const added = await addBatch(store, { ...batch, counts: { groups: 2 } }, steps);
  return added === 'added' ? free : { kind: 'not-now' };
}

/** Batches are asked for by name in addresses. */
const longestName = 90;

/** `merge-other-into-keep`, with a number where they were merged and parted before. */
async function batchNames(
  store: Store,
  keep: string,
  other: string,
): Promise<{ readonly free: string; readonly cutOff: ImportBatch | null }> {
  const long = `merge-${other}-into-${keep}`;
  const plain = long.length > longestName ? `merge-${hashOf(long).slice(0, 24)}` : long;
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? plain : `${plain}-${count}`;
    const known = await findBatch(store, name);
    if (!known) return { free: name, cutOff: null };
    if (isUnfinished(known)) return { free: name, cutOff: known };
  }
}

async function doublyIntroduced(store: Store, keep: string, other: string): Promise<string | null> {
  const ofKeep = new Set(await findOpenIntroductions(store, keep));
  return (await findOpenIntroductions(store, other)).find((one) => ofKeep.has(one)) ?? null;
}

export type PartOutcome =
  | { readonly kind: 'parted' | 'unknown' | 'not-now' }
  | { readonly kind: 'conflict'; readonly records: readonly string[] };

/** Whether the merge can be taken back now: the records that stand in the way. */
export const readConflicts = (store: Store, batch: ImportBatch): Promise<string[]> =>
  conflictsOf(store, batch);

/** Takes the merge back: both records are what they were, and so is all that named them. */
export const partGroups = (
  { store, directory, clock }: Parts,
  name: string,
  by: string | null,
): Promise<PartOutcome> =>
  inTurn('merge groups', async () => {
    const batch = await findBatch(store, name);
    if (batch?.kind !== 'merge') return { kind: 'unknown' };
    const undone = await undoImport({ store, clock, by }, name);
    await directory.refresh();
    if (undone.kind === 'conflict') return undone;
    return { kind: undone.kind === 'undone' ? 'parted' : 'not-now' };
  });
