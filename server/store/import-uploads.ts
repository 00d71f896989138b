// Uploaded lists in the store, and what was decided about their rows. The files are left to import/runs/upload-files.ts.
import { type ImportDecisionRecord, importDecisionModel } from '../../models/import-decision.ts';
import { type ImportUploadRecord, importUploadModel } from '../../models/import-upload.ts';
import type { Timestamp } from '../domain/records.ts';
import type { UploadState } from '../domain/words.ts';
import type { RowDecision } from '../import/compare/plan.ts';
import type { ListName } from '../import/preview.ts';
import type { FileFormat } from '../import/read/table.ts';
import type { RowChoice } from '../import/words.ts';
import { type Hold, isFree } from './holds.ts';
import { toTimestamp } from './mapping.ts';
import type { Store } from './store.ts';

export interface ImportUpload {
  readonly id: string;
  readonly fileName: string;
  readonly hash: string;
  readonly bytes: number;
  readonly by: string | null;
  readonly at: Timestamp;
  readonly state: UploadState;
  readonly format: FileFormat;
  readonly readAs: string;
  readonly rows: number;
  readonly columns: readonly string[];
  /** The first cells of each column. */
  readonly samples: readonly string[];
  readonly notes: readonly string[];
  /** What each column holds; '' for one that is passed over. */
  readonly mapping: readonly string[];
  readonly list: ListName;
  /** Nothing is left to ask before the preview. */
  readonly settled: boolean;
  readonly counts: Readonly<Record<string, number>> | null;
  /** What is done with rows that nobody decided on. */
  readonly usual: RowChoice;
  readonly batch: string | null;
  readonly trouble: string;
}

/** A decision, and what was typed for it in the words it was typed in. */
export interface KeptDecision extends RowDecision {
  readonly words: Readonly<Record<string, string>>;
}

export async function addUpload(store: Store, upload: ImportUpload): Promise<void> {
  const { list, at, ...rest } = upload;
  await importUploadModel(store.connection).insertMany([
    { ...rest, listName: list.name, listDate: list.date, at: new Date(at) } as never,
  ]);
}

export async function findUpload(store: Store, id: string): Promise<ImportUpload | undefined> {
  const record = await importUploadModel(store.connection)
    .findOne({ id })
    .lean<ImportUploadRecord>();
  return record ? toUpload(record) : undefined;
}

/** The upload that became, or becomes, the import of this name. */
export async function findUploadOf(store: Store, batch: string): Promise<ImportUpload | undefined> {
  const record = await importUploadModel(store.connection)
    .findOne({ batch, state: 'accepted' })
    .lean<ImportUploadRecord>();
  return record ? toUpload(record) : undefined;
}

/** Oldest first. */
export async function readUploads(
  store: Store,
  state?: UploadState,
): Promise<readonly ImportUpload[]> {
  const records = await importUploadModel(store.connection)
    .find(state === undefined ? {} : { state })
    .sort({ at: 1, _id: 1 })
    .lean<ImportUploadRecord[]>();
  return records.map(toUpload);
}

/** What the person said of the file as a whole; its rows may mean something else then, so decisions go. */
export async function settleUpload(
  store: Store,
  id: string,
  { list, mapping }: { readonly list: ListName; readonly mapping: readonly string[] },
): Promise<void> {
  await importDecisionModel(store.connection).deleteMany({ upload: id });
  const set = { listName: list.name, listDate: list.date, mapping: [...mapping] };
  await importUploadModel(store.connection).updateOne(
    { id, state: 'open' },
    { $set: { ...set, settled: true, counts: null } },
  );
}

export async function noteCounts(
  store: Store,
  id: string,
  counts: Readonly<Record<string, number>>,
): Promise<void> {
  await importUploadModel(store.connection).updateOne({ id }, { $set: { counts } });
}

/** What is done with the rows nobody decides on. */
export async function setUsual(store: Store, id: string, usual: RowChoice): Promise<void> {
  await importUploadModel(store.connection).updateOne({ id, state: 'open' }, { $set: { usual } });
}

/** @returns false when it is accepted already, or gone */
export async function acceptUpload(
  store: Store,
  id: string,
  how: { readonly batch: string; readonly by: string | null },
): Promise<boolean> {
  const accepted = await importUploadModel(store.connection).updateOne(
    { id, state: 'open' },
    { $set: { ...how, state: 'accepted', trouble: '' } },
  );
  return accepted.matchedCount === 1;
}

/** @returns whether the accepted upload is now in these hands */
export async function takeUpload(
  store: Store,
  id: string,
  hold: Hold,
  now: Date,
): Promise<boolean> {
  const taken = await importUploadModel(store.connection).updateOne(
    { id, state: 'accepted', $or: isFree(hold.heldBy, now) },
    { $set: { heldBy: hold.heldBy, heldUntil: hold.heldUntil } },
  );
  return taken.matchedCount === 1;
}

export async function releaseUpload(store: Store, id: string, heldBy: string): Promise<void> {
  await importUploadModel(store.connection).updateOne(
    { id, heldBy },
    { $set: { heldBy: null, heldUntil: null } },
  );
}

/** It did not become an import: it is open again, with the reason. */
export async function reopenUpload(store: Store, id: string, trouble: string): Promise<void> {
  await importUploadModel(store.connection).updateOne(
    { id },
    { $set: { state: 'open', batch: null, trouble } },
  );
}

/** Takes out the record and all that was decided; the file is left to the caller. */
export async function removeUpload(store: Store, id: string): Promise<void> {
  await importDecisionModel(store.connection).deleteMany({ upload: id });
  await importUploadModel(store.connection).deleteOne({ id });
}

/** By row, as import/runs/rows-file.ts names them. */
export async function readDecisions(
  store: Store,
  upload: string,
  rows?: readonly string[],
): Promise<ReadonlyMap<string, KeptDecision>> {
  const records = await importDecisionModel(store.connection)
    .find({ upload, ...(rows ? { row: { $in: [...rows] } } : {}) })
    .lean<ImportDecisionRecord[]>();
  return new Map(
    records.map(({ row, choice, overwrites, typed }) => {
      const { words, values } = typed as Pick<KeptDecision, 'words'> & {
        values: RowDecision['typed'];
      };
      return [row, { choice: choice as RowChoice, overwrites, typed: values, words }];
    }),
  );
}

/** How many rows somebody decided on, by choice. */
export async function countDecisions(
  store: Store,
  upload: string,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { choice } of (await readDecisions(store, upload)).values()) {
    counts.set(choice, (counts.get(choice) ?? 0) + 1);
  }
  return counts;
}

/** Keeps what was decided about these rows; null takes the row's decision back. */
export async function keepDecisions(
  store: Store,
  upload: string,
  decisions: ReadonlyMap<string, KeptDecision | null>,
  by: string | null,
): Promise<void> {
  const operations = [...decisions].map(([row, decision]) => {
    const filter = { upload, row };
    if (!decision) return { deleteOne: { filter } };
    const { choice, overwrites, typed, words } = decision;
    const set = { choice, overwrites, typed: { words, values: typed }, by };
    return { updateOne: { filter, update: { $set: set }, upsert: true } };
  });
  if (operations.length > 0) {
    await importDecisionModel(store.connection).bulkWrite(operations as never);
  }
}

const toUpload = (record: ImportUploadRecord): ImportUpload => ({
  id: record.id,
  fileName: record.fileName ?? '',
  hash: record.hash,
  bytes: record.bytes,
  by: record.by ?? null,
  at: toTimestamp(record.at),
  state: record.state,
  format: record.format as FileFormat,
  readAs: record.readAs ?? '',
  rows: record.rows,
  columns: record.columns,
  samples: record.samples,
  notes: record.notes,
  mapping: record.mapping,
  list: { name: record.listName ?? '', date: record.listDate ?? '' },
  settled: record.settled,
  counts: (record.counts as Record<string, number> | null) ?? null,
  usual: (record.usual ?? 'safe') as RowChoice,
  batch: record.batch ?? null,
  trouble: record.trouble ?? '',
});
