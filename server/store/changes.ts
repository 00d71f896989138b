// The change log: who changed which field of what, when, from where.
// Other files of this folder write it; here is how, and how it is read.
import { isDeepStrictEqual } from 'node:util';
import { type ChangeRecord, changeModel } from '../../models/change.ts';
import type { Change } from '../domain/records.ts';
import type { LoggedKind } from '../domain/words.ts';
import { toTimestamp } from './mapping.ts';
import type { Store } from './store.ts';
import type { Writer } from './writer.ts';

/** The field name of an entry that speaks of the whole record: it came into being with `after`. */
export const wholeRecord = 'record';

/** One entry before it is known who made it. */
export type FieldChange = Pick<Change, 'record' | 'slug' | 'field' | 'before' | 'after'>;

export interface ChangeQuery {
  readonly record?: LoggedKind;
  readonly slug?: string;
  readonly batch?: string;
  /** At most this many. */
  readonly limit: number;
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

/** Appends entries to the log. */
export async function logChanges(
  store: Store,
  changes: readonly FieldChange[],
  { by, origin, batch, now }: Writer,
): Promise<void> {
  await changeModel(store.connection).insertMany(
    changes.map((change) => ({ ...change, by, origin, batch, at: now })),
  );
}

/** Newest first; within one step in the order they were written. */
export async function readChanges(store: Store, query: ChangeQuery): Promise<Change[]> {
  const { limit, ...wanted } = query;
  const records = await changeModel(store.connection)
    .find(wanted)
    .sort({ at: -1, _id: -1 })
    .limit(limit)
    .lean<(ChangeRecord & { _id: object })[]>();
  return records.map(toChange);
}

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
