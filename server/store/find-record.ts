// One record of any kind that is known by its slug, as it is now: what the change log's entries are held against,
// and the one place where such a record is taken out again.
import type { Connection, Model } from 'mongoose';
import { type FieldChange, logWriting, wholeRecord } from './changes.ts';
import { cityNoun } from './cities.ts';
import { collaborationNoun } from './collaborations.ts';
import { conveningNoun } from './convenings.ts';
import { groupNoun } from './groups.ts';
import { partnerNoun } from './partners.ts';
import { putRecords, type RecordsToPut } from './put-records.ts';
import { revisionWriting } from './revision.ts';
import type { Store } from './store.ts';
import { readAgain, writeTogether } from './write-together.ts';
import type { Writer } from './writer.ts';

/** A record as the domain has it, without knowing which kind it is. */
export type AnyRecord = Readonly<Record<string, unknown>> & { readonly slug: string };

interface AnyNoun {
  readonly model: (connection: Connection) => Model<{ slug: string }>;
  readonly toDomain: (record: never) => object;
}

const shelves = {
  city: { noun: cityNoun as unknown as AnyNoun, key: 'cities' },
  partner: { noun: partnerNoun as unknown as AnyNoun, key: 'partners' },
  group: { noun: groupNoun as unknown as AnyNoun, key: 'groups' },
  collaboration: { noun: collaborationNoun as unknown as AnyNoun, key: 'collaborations' },
  convening: { noun: conveningNoun as unknown as AnyNoun, key: 'convenings' },
} as const;

/** The kinds whose fields can be written one by one. */
export type FieldKind = keyof typeof shelves;

export const isFieldKind = (kind: string): kind is FieldKind => Object.hasOwn(shelves, kind);

export async function findRecord(
  store: Store,
  kind: FieldKind,
  slug: string,
): Promise<AnyRecord | undefined> {
  const { noun } = shelves[kind];
  const record = await noun.model(store.connection).findOne({ slug }).lean();
  return record ? (noun.toDomain(record as never) as AnyRecord) : undefined;
}

/** Makes the stored record equal to this one, in one step with its entries in the change log. */
export const putRecord = async (
  store: Store,
  kind: FieldKind,
  record: AnyRecord,
  writer: Writer,
): Promise<boolean> => {
  const records = { [shelves[kind].key]: [record] } as unknown as RecordsToPut;
  return (await putRecords(store, records, writer)).anything;
};

/**
 * Takes a record out; the log keeps the whole of it. Whether anything refers to it is for the caller to know.
 * Undefined where it is not there.
 */
export async function removeRecord(
  store: Store,
  kind: FieldKind,
  slug: string,
  writer: Writer,
): Promise<AnyRecord | undefined> {
  return readAgain(async () => {
    const before = await findRecord(store, kind, slug);
    if (!before) return undefined;
    const { updatedAt: _, ...kept } = before;
    const entry: FieldChange = {
      record: kind,
      slug,
      field: wholeRecord,
      before: kept,
      after: null,
    };
    const { collectionName } = shelves[kind].noun.model(store.connection).collection;
    await writeTogether(store, [
      { delete: collectionName, deletes: [{ q: { slug }, limit: 1 }] },
      logWriting(store, [entry], writer),
      revisionWriting(store, writer.now),
    ]);
    return before;
  });
}
