// The revision of the directory: it goes up by one after every write, so that a reader knows when to read again.
import { revisionModel } from '../../models/revision.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import type { Store } from './store.ts';

const directory = { _id: 'directory' };

/** 0 in a store that nothing was ever written to. */
export async function readRevision(store: Store): Promise<number> {
  const found = await revisionModel(store.connection).findOne(directory).lean();
  return found?.value ?? 0;
}

/** Raises the revision by one and returns the new one. Call it when the data is already written. */
export async function raiseRevision(store: Store): Promise<number> {
  try {
    return await raise(store);
  } catch (error) {
    // Two processes wrote to an empty store at the same moment: the counter is there now.
    if (isDuplicateKey(error)) return raise(store);
    throw error;
  }
}

async function raise(store: Store, counter = directory): Promise<number> {
  const { value } = await revisionModel(store.connection)
    .findOneAndUpdate(counter, { $inc: { value: 1 } }, { upsert: true, returnDocument: 'after' })
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
