// Whether the store holds invented answers. The mark stays with the data, however it is opened later.
import { markModel } from '../../models/mark.ts';
import { raiseRevision } from './revision.ts';
import type { Store } from './store.ts';

const mark = { _id: 'sample-data' };

export async function isSampleData(store: Store): Promise<boolean> {
  return (await markModel(store.connection).exists(mark)) !== null;
}

/** Marks the whole store for good. Safe to repeat. */
export async function markSampleData(store: Store): Promise<void> {
  await markModel(store.connection).updateOne(mark, { $setOnInsert: mark }, { upsert: true });
  await raiseRevision(store);
}
