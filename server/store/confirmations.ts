// Requests to groups to confirm that they are still there: made once per group and round, answered once.
import { type ConfirmationRecord, confirmationModel } from '../../models/confirmation.ts';
import type { Timestamp } from '../domain/records.ts';
import type { ConfirmationRequest, RequestState, Withdrawal } from '../domain/still-here.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { eachRecord } from './each-record.ts';
import { toTimestamp } from './mapping.ts';
import { readAll } from './read-all.ts';
import type { Store } from './store.ts';

export interface Confirmation extends ConfirmationRequest {
  /** False until every mail of the present step is in the outbox. */
  readonly mailed: boolean;
  readonly why: Withdrawal | null;
  readonly settledAt: Timestamp | null;
  /** Identifier of the person who answered, where they have an account. */
  readonly by: string | null;
}

/** What became of a request. */
export interface Settlement {
  readonly state: Exclude<RequestState, 'asked' | 'reminded'>;
  readonly why?: Withdrawal;
  readonly by?: string | null;
  readonly closedGroup?: boolean;
}

const unanswered = ['asked', 'reminded', 'missed', 'withdrawn'] as const;

const toConfirmation = (record: ConfirmationRecord): Confirmation => ({
  group: record.group,
  round: record.round,
  state: record.state,
  why: record.why ?? null,
  askedAt: toTimestamp(record.askedAt),
  remindedAt: record.remindedAt ? toTimestamp(record.remindedAt) : null,
  mailed: record.mailed,
  settledAt: record.settledAt ? toTimestamp(record.settledAt) : null,
  by: record.by ?? null,
  closedGroup: record.closedGroup,
});

/** All of them, by group, oldest first. */
export const readConfirmations = (store: Store): Promise<Confirmation[]> =>
  readAll(store, confirmationModel(store.connection), toConfirmation, { group: 1, round: 1 });

export const eachConfirmation = (store: Store): AsyncGenerator<Confirmation> =>
  eachRecord(confirmationModel(store.connection), { group: 1, round: 1 }, toConfirmation);

/** Those of one group, oldest first. */
export async function readConfirmationsOf(store: Store, group: string): Promise<Confirmation[]> {
  const records = await confirmationModel(store.connection)
    .find({ group })
    .sort({ round: 1 })
    .lean<ConfirmationRecord[]>();
  return records.map(toConfirmation);
}

export async function findConfirmationByToken(
  store: Store,
  tokenHash: string,
): Promise<Confirmation | undefined> {
  const record = await confirmationModel(store.connection)
    .findOne({ tokenHashes: tokenHash })
    .lean<ConfirmationRecord>();
  return record ? toConfirmation(record) : undefined;
}

type Key = Pick<Confirmation, 'group' | 'round'>;

/** Makes the request of a group's round, or finds the one that a run before or beside made. */
export async function makeConfirmation(
  store: Store,
  { group, round, tokenHashes }: Key & { readonly tokenHashes: readonly string[] },
  now: Date,
): Promise<Confirmation> {
  const model = confirmationModel(store.connection);
  try {
    await model.create({
      group,
      round,
      state: 'asked',
      askedAt: now,
      mailed: false,
      tokenHashes: [...tokenHashes],
      closedGroup: false,
    });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  const record = await model.findOne({ group, round }).lean<ConfirmationRecord>();
  if (!record) throw new Error('A request that was just made is not there.');
  return toConfirmation(record);
}

/** Notes that the reminder of a request begins; undefined where it does not wait for a first reminder any more. */
export async function beginReminder(
  store: Store,
  { group, round }: Key,
  now: Date,
): Promise<Confirmation | undefined> {
  const record = await confirmationModel(store.connection)
    .findOneAndUpdate(
      { group, round, state: 'asked', mailed: true },
      { $set: { state: 'reminded', remindedAt: now, mailed: false } },
      { returnDocument: 'after' },
    )
    .lean<ConfirmationRecord>();
  return record ? toConfirmation(record) : undefined;
}

/** The links of a mail that is about to be posted lead to its request. */
export async function addTokens(
  store: Store,
  { group, round }: Key,
  tokenHashes: readonly string[],
): Promise<void> {
  await confirmationModel(store.connection).updateOne(
    { group, round },
    { $addToSet: { tokenHashes: { $each: [...tokenHashes] } } },
  );
}

/** Every mail of the present step is in the outbox. */
export async function noteMailed(
  store: Store,
  { group, round, state }: Pick<Confirmation, 'group' | 'round' | 'state'>,
): Promise<void> {
  await confirmationModel(store.connection).updateOne(
    { group, round, state },
    { $set: { mailed: true } },
  );
}

/**
 * Notes what became of a request. One that is answered stays so; one that was missed or withdrawn may still be
 * answered. False where it was answered before.
 */
export async function settleConfirmation(
  store: Store,
  { group, round }: Key,
  { state, why, by, closedGroup }: Settlement,
  now: Date,
): Promise<boolean> {
  const isAnswer = state !== 'missed' && state !== 'withdrawn';
  const from: RequestState[] = isAnswer ? [...unanswered] : ['asked', 'reminded'];
  const { modifiedCount } = await confirmationModel(store.connection).updateOne(
    { group, round, state: { $in: from } },
    {
      $set: {
        state,
        why: why ?? null,
        by: by ?? null,
        settledAt: now,
        mailed: true,
        ...(closedGroup === undefined ? {} : { closedGroup }),
      },
    },
  );
  return modifiedCount === 1;
}
