// The daily jobs in the store: taking one into hands, keeping it there, and noting how it ended.
// Each step is one update in the store, so of any number of processes only one holds a job.
import { jobModel } from '../../models/job.ts';
import type { Day } from '../domain/dates.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import type { Store } from './store.ts';

export interface JobHold {
  readonly name: string;
  readonly heldBy: string;
  readonly heldUntil: Date;
}

/** Milliseconds; a job that failed rests for an hour. */
const longestHold = 2 * 3_600_000;

export interface JobState {
  readonly name: string;
  readonly doneFor: Day | null;
  readonly doneAt: Date | null;
  readonly problem: string | null;
}

/** @returns whether it is now in these hands: not when it was done for the day, or somebody else has it */
export async function takeJob(
  store: Store,
  hold: JobHold,
  when: { readonly day: Day; readonly now: Date },
): Promise<boolean> {
  const jobs = jobModel(store.connection);
  try {
    await jobs.updateOne({ _id: hold.name }, { $setOnInsert: { doneFor: null } }, { upsert: true });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  const taken = await jobs.updateOne(
    {
      _id: hold.name,
      doneFor: { $ne: when.day },
      $or: [
        { heldUntil: null },
        { heldUntil: { $lte: when.now } },
        // Noted by a clock that was wrong then, or is now: nobody holds or puts off a job for so long.
        { heldUntil: { $gt: new Date(when.now.getTime() + longestHold) } },
      ],
    },
    { $set: { heldBy: hold.heldBy, heldUntil: hold.heldUntil } },
  );
  return taken.modifiedCount === 1;
}

/** @returns false when it went to other hands in between */
export async function keepJob(store: Store, hold: JobHold): Promise<boolean> {
  const kept = await jobModel(store.connection).updateOne(
    { _id: hold.name, heldBy: hold.heldBy },
    { $set: { heldUntil: hold.heldUntil } },
  );
  return kept.matchedCount === 1;
}

/** Notes that it is done for the day. */
export async function endJob(
  store: Store,
  { name, heldBy }: JobHold,
  when: { readonly day: Day; readonly now: Date },
): Promise<void> {
  await jobModel(store.connection).updateOne(
    { _id: name, heldBy },
    { $set: { doneFor: when.day, doneAt: when.now, problem: null, heldBy: null, heldUntil: null } },
  );
}

/** Notes why it could not be done; nobody takes it again before `heldUntil`. */
export async function postponeJob(store: Store, hold: JobHold, problem: string): Promise<void> {
  await jobModel(store.connection).updateOne(
    { _id: hold.name, heldBy: hold.heldBy },
    { $set: { problem, heldBy: null, heldUntil: hold.heldUntil } },
  );
}

/** In name order; a job that was never tried is not among them. */
export async function readJobs(store: Store): Promise<readonly JobState[]> {
  const records = await jobModel(store.connection).find().sort({ _id: 1 }).lean();
  return records.map(({ _id, doneFor, doneAt, problem }) => ({
    name: _id,
    doneFor: doneFor ?? null,
    doneAt: doneAt ?? null,
    problem: problem ?? null,
  }));
}
