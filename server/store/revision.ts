// The revision of the directory: it goes up by one after every write, so that a reader knows when to read again.
import { revisionModel } from '../../models/revision.ts';
import type { DirectoryRecords } from '../domain/records.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import type { Store } from './store.ts';
import type { Writing } from './write-together.ts';

const directory = { _id: 'directory' };

/** 0 in a store that nothing was ever written to. */
export async function readRevision(store: Store): Promise<number> {
  const found = await revisionModel(store.connection).findOne(directory).lean();
  return found?.value ?? 0;
}

/** The parts of the directory that are read on their own. */
export type DirectoryPart = keyof Omit<DirectoryRecords, 'revision'>;

export interface RevisionParts {
  readonly revision: number;
  /** Differs from what it was before where a part may have changed since. */
  readonly markOf: (part: DirectoryPart) => string;
}

/** The revision with a mark for each part. A step that did not say what it changed counts for every part. */
export async function readRevisionParts(store: Store): Promise<RevisionParts> {
  const found = await revisionModel(store.connection).findOne(directory).lean();
  const revision = found?.value ?? 0;
  const counts = (found?.kinds ?? {}) as unknown as Readonly<Record<string, number>>;
  const untold = revision - (found?.told ?? 0);
  return { revision, markOf: (part) => `${untold}.${counts[part] ?? 0}` };
}

/**
 * Raises the revision by one and returns the new one. Call it when the data is already written.
 * @param parts all that was changed: readers keep the rest as it was; absent means anything
 */
export async function raiseRevision(
  store: Store,
  parts?: readonly DirectoryPart[],
): Promise<number> {
  const steps = stepsOf(parts);
  try {
    return await raise(store, directory, steps);
  } catch (error) {
    // Two processes wrote to an empty store at the same moment: the counter is there now.
    if (isDuplicateKey(error)) return raise(store, directory, steps);
    throw error;
  }
}

/**
 * What raises the revision by one, beside the writes that it stands for.
 * @param parts all that was changed; absent means anything
 */
export const revisionWriting = (
  store: Store,
  now: Date,
  parts?: readonly DirectoryPart[],
): Writing => ({
  update: revisionModel(store.connection).collection.collectionName,
  updates: [
    {
      q: directory,
      u: {
        $inc: { value: 1, ...stepsOf(parts) },
        $set: { updatedAt: now },
        $setOnInsert: { createdAt: now },
      },
      upsert: true,
    },
  ],
});

const stepsOf = (parts?: readonly DirectoryPart[]): Readonly<Record<string, number>> =>
  parts ? { told: 1, ...Object.fromEntries(parts.map((part) => [`kinds.${part}`, 1])) } : {};

async function raise(
  store: Store,
  counter: { readonly _id: string },
  steps: Readonly<Record<string, number>> = {},
): Promise<number> {
  const { value } = await revisionModel(store.connection)
    .findOneAndUpdate(
      counter,
      { $inc: { value: 1, ...steps } },
      { upsert: true, returnDocument: 'after' },
    )
    .orFail()
    .lean();
  return value;
}

const outreach = { _id: 'outreach' };

/** Which state the open outreach items are in: it goes up after every change of what lists show of them. */
export async function readOutreachVersion(store: Store): Promise<number> {
  const found = await revisionModel(store.connection).findOne(outreach).lean();
  return found?.value ?? 0;
}

/** Call it when the items are already written. */
export async function raiseOutreachVersion(store: Store): Promise<void> {
  try {
    await raise(store, outreach);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    await raise(store, outreach);
  }
}
