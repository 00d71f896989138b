// Snoozes in the store: which items of the work queue are shown again on a later day.
import { type SnoozeRecord, snoozeModel } from '../../models/snooze.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { eachRecord } from './each-record.ts';
import type { Store } from './store.ts';

/** The snoozes that hold on this day: key of the item, and the day on which it is shown again. */
export async function readSnoozes(
  store: Store,
  today: string,
): Promise<ReadonlyMap<string, string>> {
  const records = await snoozeModel(store.connection)
    .find({ until: { $gt: today } })
    .lean<SnoozeRecord[]>();
  return new Map(records.map(({ key, until }) => [key, until]));
}

export interface Snooze {
  readonly key: string;
  readonly until: string;
  /** A person's identifier. */
  readonly by: string | null;
}

/** All of them, whether they still hold or not. */
export const eachSnooze = (store: Store): AsyncGenerator<Snooze> =>
  eachRecord(snoozeModel(store.connection), { key: 1 }, toSnooze);

const toSnooze = ({ key, until, by }: SnoozeRecord): Snooze => ({ key, until, by: by ?? null });

/** Hides an item until a day; a second snooze of the same item takes the place of the first. */
export async function snooze(
  store: Store,
  { key, until, by }: { readonly key: string; readonly until: string; readonly by: string },
  now: Date,
): Promise<void> {
  const put = () =>
    snoozeModel(store.connection).updateOne(
      { key },
      { $set: { until, by, updatedAt: now }, $setOnInsert: { createdAt: now } },
      { upsert: true, timestamps: false },
    );
  try {
    await put();
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    await put();
  }
}

/** Shows an item again at once. */
export async function endSnooze(store: Store, key: string): Promise<void> {
  await snoozeModel(store.connection).deleteOne({ key });
}
