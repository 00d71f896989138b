// Closed groups that somebody says are active again: asked for, done with a mailed link, looked at by staff.
import {
  type GroupReturnRecord,
  groupReturnModel,
  type returnStates,
} from '../../models/group-return.ts';
import type { Group, Timestamp } from '../domain/records.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { eachRecord } from './each-record.ts';
import { toTimestamp } from './mapping.ts';
import type { Store } from './store.ts';

export interface GroupReturn {
  readonly id: string;
  readonly group: string;
  /** Private: who asked; null once staff have looked. */
  readonly address: string | null;
  readonly known: boolean;
  readonly state: (typeof returnStates)[number];
  readonly askedAt: Timestamp;
  readonly usedAt: Timestamp | null;
  readonly closed: Group['closed'];
  readonly seenAt: Timestamp | null;
}

type Found = GroupReturnRecord & { readonly _id: unknown };

const toReturn = (record: Found): GroupReturn => ({
  id: String(record._id),
  group: record.group,
  address: record.address ?? null,
  known: record.known,
  state: record.state,
  askedAt: toTimestamp(record.askedAt),
  usedAt: record.usedAt ? toTimestamp(record.usedAt) : null,
  closed: record.closed ? { date: record.closed.date, reason: record.closed.reason } : null,
  seenAt: record.seenAt ? toTimestamp(record.seenAt) : null,
});

/** Once per link: asking again on the same day finds the one that is there. */
export async function addReturn(
  store: Store,
  asked: Pick<GroupReturn, 'group' | 'known'> & {
    readonly tokenHash: string;
    readonly address: string;
  },
  now: Date,
): Promise<void> {
  try {
    await groupReturnModel(store.connection).create({ ...asked, state: 'asked', askedAt: now });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

export async function findReturnByToken(
  store: Store,
  tokenHash: string,
): Promise<GroupReturn | undefined> {
  const record = await groupReturnModel(store.connection).findOne({ tokenHash }).lean<Found>();
  return record ? toReturn(record) : undefined;
}

export async function findReturn(store: Store, id: string): Promise<GroupReturn | undefined> {
  if (!/^[0-9a-f]{24}$/.test(id)) return undefined;
  const record = await groupReturnModel(store.connection).findById(id).lean<Found>();
  return record ? toReturn(record) : undefined;
}

/** Those of one group, newest first. */
export async function readReturnsOf(store: Store, group: string): Promise<GroupReturn[]> {
  const records = await groupReturnModel(store.connection)
    .find({ group })
    .sort({ askedAt: -1, _id: -1 })
    .lean<Found[]>();
  return records.map(toReturn);
}

/** All of them, oldest first. */
export const eachReturn = (store: Store): AsyncGenerator<GroupReturn> =>
  eachRecord(groupReturnModel(store.connection), { _id: 1 }, toReturn);

/** Those whose link was used and that staff have not looked at. */
export async function readUnseenReturns(store: Store): Promise<GroupReturn[]> {
  const records = await groupReturnModel(store.connection)
    .find({ seenAt: null, state: { $in: ['returned', 'waiting'] } })
    .sort({ usedAt: 1, _id: 1 })
    .lean<Found[]>();
  return records.map(toReturn);
}

/** Takes a link as used: of two presses of its button one gets it. */
export async function useReturn(
  store: Store,
  id: string,
  used: { readonly state: 'returned' | 'waiting'; readonly closed: Group['closed'] },
  now: Date,
): Promise<boolean> {
  const { modifiedCount } = await groupReturnModel(store.connection).updateOne(
    { _id: id, state: 'asked' },
    { $set: { state: used.state, closed: used.closed && { ...used.closed }, usedAt: now } },
  );
  return modifiedCount === 1;
}

/** Staff looked at it: the address has done its work and is erased. */
export async function noteReturnSeen(
  store: Store,
  id: string,
  seen: { readonly by: string | null; readonly state?: 'returned' | 'undone' },
  now: Date,
): Promise<void> {
  await groupReturnModel(store.connection).updateOne(
    { _id: id },
    {
      $set: {
        seenAt: now,
        seenBy: seen.by,
        address: null,
        ...(seen.state === undefined ? {} : { state: seen.state }),
      },
    },
  );
}
