// How a record that is known by its slug is to be written: only what differs, with its entries in the change log.
// The nouns beside this file say what their records look like; writing it is left to put-records.ts.
import { isDeepStrictEqual } from 'node:util';
import mongoose, { type Connection, type Model } from 'mongoose';
import type { RecordKind } from '../domain/words.ts';
import { creationOf, type FieldChange, fieldChanges } from './changes.ts';
import type { Stored, Unstamped } from './mapping.ts';
import type { Store } from './store.ts';
import type { Writing } from './write-together.ts';
import type { Writer } from './writer.ts';

/** What is to be known of one kind of record to write it. */
export interface Noun<Domain extends { readonly slug: string }, Fields extends { slug: string }> {
  readonly kind: RecordKind;
  readonly model: (connection: Connection) => Model<Fields>;
  readonly toDomain: (record: Fields) => Domain;
  readonly fromDomain: (record: Unstamped<Domain>) => Stored<Fields>;
}

/** One record that is to be written. */
export interface PlannedWrite {
  readonly isNew: boolean;
  readonly writing: Writing;
  /** What the change log is to be told. */
  readonly changes: readonly FieldChange[];
}

/** One record as it shall be, beside how it is now. */
interface Planned {
  /** Null where there is none yet. */
  readonly stored: Record<string, unknown> | null;
  readonly wanted: Record<string, unknown>;
  readonly changes: readonly FieldChange[];
}

/**
 * What makes the stored records equal to the given ones, found by slug; nothing for those that are equal already, so
 * that repeating it changes nothing. Everything is checked against the schema.
 * @throws Mongoose's ValidationError
 */
export async function planRecords<
  Domain extends { readonly slug: string },
  Fields extends { slug: string },
>(
  store: Store,
  noun: Noun<Domain, Fields>,
  records: readonly Unstamped<Domain>[],
  writer: Writer,
): Promise<PlannedWrite[]> {
  if (records.length === 0) return [];
  const model = noun.model(store.connection);
  const plans = await plan(model, noun, records);
  const differing = plans.filter(({ changes }) => changes.length > 0);
  for (const { wanted } of differing) {
    await new model(wanted).validate();
  }
  const { collectionName } = model.collection;
  return differing.map((planned) => ({
    isNew: planned.stored === null,
    writing: writingOf(collectionName, planned, writer.now),
    changes: planned.changes,
  }));
}

async function plan<Domain extends { readonly slug: string }, Fields extends { slug: string }>(
  model: Model<Fields>,
  { kind, toDomain, fromDomain }: Noun<Domain, Fields>,
  records: readonly Unstamped<Domain>[],
): Promise<Planned[]> {
  const slugs = records.map(slugOf);
  const found = await model.find({ slug: { $in: slugs } }).lean<Fields[]>();
  const bySlug = new Map(found.map((record) => [record.slug, toDomain(record)]));
  return records.map((record): Planned => {
    const slug = slugOf(record);
    const after = withoutStamp(record);
    const before = bySlug.get(slug);
    return {
      stored: before ? fromDomain(before) : null,
      wanted: fromDomain(record),
      changes: before
        ? fieldChanges<object>(kind, slug, withoutStamp(before), after)
        : [creationOf(kind, slug, after)],
    };
  });
}

/** Makes the stored record equal to the plan: the whole of a new one, else what differs. */
function writingOf(collection: string, { stored, wanted }: Planned, at: Date): Writing {
  if (stored === null) {
    const document = {
      _id: new mongoose.Types.ObjectId(),
      ...wanted,
      createdAt: at,
      updatedAt: at,
    };
    return { insert: collection, documents: [document] };
  }
  const differing = Object.entries(wanted).filter(
    ([field, value]) => !isDeepStrictEqual(stored[field], value),
  );
  const change = { $set: { ...Object.fromEntries(differing), updatedAt: at } };
  return { update: collection, updates: [{ q: { slug: wanted['slug'] }, u: change }] };
}

const slugOf = (record: object): string => (record as { slug: string }).slug;

function withoutStamp(record: object): object {
  const {
    createdAt: _,
    updatedAt: __,
    ...rest
  } = record as {
    createdAt?: unknown;
    updatedAt?: unknown;
  };
  return rest;
}
