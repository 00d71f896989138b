// How a record that is known by its slug is written: only what differs, with its entries in the change log.
// The nouns beside this file say what their records look like; the revision is left to put-records.ts.
import { isDeepStrictEqual } from 'node:util';
import type { Connection, Model } from 'mongoose';
import type { RecordKind } from '../domain/words.ts';
import { creationOf, type FieldChange, fieldChanges } from './changes.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import type { Stored, Unstamped } from './mapping.ts';
import type { Store } from './store.ts';
import type { Writer } from './writer.ts';

/** What is to be known of one kind of record to write it. */
export interface Noun<Domain extends { readonly slug: string }, Fields extends { slug: string }> {
  readonly kind: RecordKind;
  readonly model: (connection: Connection) => Model<Fields>;
  readonly toDomain: (record: Fields) => Domain;
  readonly fromDomain: (record: Unstamped<Domain>) => Stored<Fields>;
}

export interface WriteOutcome {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
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
 * Makes the stored records equal to the given ones, found by slug. Records that are already equal are left alone,
 * so that repeating it changes nothing. Everything is checked against the schema before anything is written.
 * @throws Mongoose's ValidationError, with nothing written.
 */
export async function writeRecords<
  Domain extends { readonly slug: string },
  Fields extends { slug: string },
>(
  store: Store,
  noun: Noun<Domain, Fields>,
  records: readonly Unstamped<Domain>[],
  writer: Writer,
): Promise<WriteOutcome> {
  if (records.length === 0) return { created: 0, changed: 0, unchanged: 0, changes: [] };
  try {
    return await writeOnce(store, noun, records, writer);
  } catch (error) {
    // Somebody else created one of them in between: read again, and change it instead.
    if (isDuplicateKey(error)) return writeOnce(store, noun, records, writer);
    throw error;
  }
}

async function writeOnce<Domain extends { readonly slug: string }, Fields extends { slug: string }>(
  store: Store,
  noun: Noun<Domain, Fields>,
  records: readonly Unstamped<Domain>[],
  writer: Writer,
): Promise<WriteOutcome> {
  const model = noun.model(store.connection);
  const plans = await plan(model, noun, records);
  const differing = plans.filter(({ changes }) => changes.length > 0);
  for (const { wanted } of differing) {
    await new model(wanted).validate();
  }
  if (differing.length > 0) {
    type Operation = Parameters<typeof model.bulkWrite>[0][number];
    await model.bulkWrite(
      differing.map((planned) => operation(planned, writer.now) as unknown as Operation),
      // Checked above, all of them before the first is written.
      { timestamps: false, skipValidation: true },
    );
  }
  const created = differing.filter(({ stored }) => stored === null).length;
  return {
    created,
    changed: differing.length - created,
    unchanged: plans.length - differing.length,
    changes: differing.flatMap(({ changes }) => changes),
  };
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

/** The one operation that makes the stored record equal to the plan: the whole of a new one, else what differs. */
function operation({ stored, wanted }: Planned, at: Date) {
  if (stored === null)
    return { insertOne: { document: { ...wanted, createdAt: at, updatedAt: at } } };
  const differing = Object.entries(wanted).filter(
    ([field, value]) => !isDeepStrictEqual(stored[field], value),
  );
  return {
    updateOne: {
      filter: { slug: wanted['slug'] },
      update: { $set: { ...Object.fromEntries(differing), updatedAt: at } },
    },
  };
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
