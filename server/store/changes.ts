// The change log: who changed which field of what, when, from where.
// Other files of this folder write it; here is how, and how it is read.
import { isDeepStrictEqual } from 'node:util';
import mongoose from 'mongoose';
import { type ChangeRecord, changeModel } from '../../models/change.ts';
import type { Change } from '../domain/records.ts';
import type { ChangeOrigin, LoggedKind } from '../domain/words.ts';
import { eachRecord } from './each-record.ts';
import { toTimestamp } from './mapping.ts';
import type { Store } from './store.ts';
import type { Writing } from './write-together.ts';
import type { Writer } from './writer.ts';

/** The field name of an entry that speaks of the whole record: it came into being with `after`. */
export const wholeRecord = 'record';

/** One entry before it is known who made it. */
export type FieldChange = Pick<Change, 'record' | 'slug' | 'field' | 'before' | 'after'>;

/** Which entries are meant; what is left out does not matter. */
export interface ChangeFilter {
  readonly record?: LoggedKind;
  readonly slug?: string;
  /** Slugs of records that were merged into that one: their history is its own. */
  readonly mergedSlugs?: readonly string[];
  readonly batch?: string;
  /** A person's identifier. */
  readonly by?: string;
  readonly origin?: ChangeOrigin;
  /** The first and the last day, `2026-11-22`, in UTC. */
  readonly from?: string;
  readonly to?: string;
}

export interface ChangeQuery extends ChangeFilter {
  /** At most this many, after leaving out the newest `skip`. */
  readonly limit: number;
  readonly skip?: number;
}

/** A record that came into being, as one entry. */
export const creationOf = (record: LoggedKind, slug: string, after: object): FieldChange => ({
  record,
  slug,
  field: wholeRecord,
  before: null,
  after,
});

/** One entry for each field of `after` that differs from `before`; none when they are equal. */
export function fieldChanges<T extends object>(
  record: LoggedKind,
  slug: string,
  before: T,
  after: T,
): FieldChange[] {
  return (Object.keys(after) as (keyof T & string)[])
    .filter((field) => !isDeepStrictEqual(before[field], after[field]))
    .map((field) => ({ record, slug, field, before: before[field], after: after[field] }));
}

/** What appends entries to the log, beside the writes that they speak of. */
export const logWriting = (
  store: Store,
  changes: readonly FieldChange[],
  { by, origin, batch, now }: Writer,
): Writing => ({
  insert: changeModel(store.connection).collection.collectionName,
  documents: changes.map((change) => ({
    _id: new mongoose.Types.ObjectId(),
    ...change,
    by,
    origin,
    batch,
    at: now,
    createdAt: now,
    updatedAt: now,
  })),
});

/** Newest first; within one step in the order they were written. */
export async function readChanges(store: Store, query: ChangeQuery): Promise<Change[]> {
  const { limit, skip = 0, ...wanted } = query;
  const records = await changeModel(store.connection)
    .find(toFilter(wanted))
    .sort({ at: -1, _id: -1 })
    .skip(skip)
    .limit(limit)
    .lean<(ChangeRecord & { _id: object })[]>();
  return records.map(toChange);
}

/** The whole log, oldest first. */
export const eachChange = (store: Store): AsyncGenerator<Change> =>
  eachRecord(changeModel(store.connection), { at: 1, _id: 1 }, toChange);

/** How many entries fit, counted up to `most`: the log grows for ever, and a page need not read all of it. */
export async function countChanges(
  store: Store,
  wanted: ChangeFilter,
  most: number,
): Promise<number> {
  const found = await changeModel(store.connection)
    .find(toFilter(wanted), { _id: 1 })
    .sort({ at: -1, _id: -1 })
    .limit(most)
    .lean<object[]>();
  return found.length;
}

export async function findChange(store: Store, id: string): Promise<Change | undefined> {
  if (!/^[0-9a-f]{24}$/.test(id)) return undefined;
  const record = await changeModel(store.connection)
    .findById(id)
    .lean<ChangeRecord & { _id: object }>();
  return record ? toChange(record) : undefined;
}

function toFilter({ from, to, mergedSlugs = [], ...plain }: ChangeFilter) {
  const wanted =
    plain.slug === undefined || mergedSlugs.length === 0
      ? plain
      : { ...plain, slug: { $in: [plain.slug, ...mergedSlugs] } };
  if (from === undefined && to === undefined) return wanted;
  return {
    ...wanted,
    at: {
      ...(from === undefined ? {} : { $gte: new Date(`${from}T00:00:00Z`) }),
      ...(to === undefined ? {} : { $lt: new Date(Date.parse(`${to}T00:00:00Z`) + dayLength) }),
    },
  };
}

const dayLength = 86_400_000;

const toChange = (record: ChangeRecord & { _id: object }): Change => ({
  id: String(record._id),
  at: toTimestamp(record.at),
  by: record.by ?? null,
  origin: record.origin,
  record: record.record,
  slug: record.slug,
  field: record.field,
  before: record.before ?? null,
  after: record.after ?? null,
  batch: record.batch,
});
