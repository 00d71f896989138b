// Imports in the store: planning one, how far it is, and who has it in hand. Its chunks are packed, each record before
// and after. Writing the records themselves is left to write-steps.ts.
import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import { type ImportBatchRecord, importBatchModel } from '../../models/import-batch.ts';
import { type ImportChunkRecord, importChunkModel } from '../../models/import-chunk.ts';
import type { RecordStep } from '../domain/record-steps.ts';
import type { Timestamp } from '../domain/records.ts';
import type { BatchKind, BatchState, ChangeOrigin } from '../domain/words.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { eachRecord } from './each-record.ts';
import { type Hold, isFree } from './holds.ts';
import { toTimestamp } from './mapping.ts';
import { readRevision } from './revision.ts';
import type { Store } from './store.ts';

export interface ImportBatch {
  readonly name: string;
  readonly kind: BatchKind;
  readonly title: string;
  readonly fileName: string;
  readonly hash: string;
  readonly state: BatchState;
  readonly by: string | null;
  readonly at: Timestamp;
  readonly steps: number;
  readonly chunks: number;
  readonly chunksDone: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly skipped: readonly string[];
  /** Records that stayed when it was undone, as "group code-for-tulsa". */
  readonly left: readonly string[];
}

export type NewBatch = Omit<
  ImportBatch,
  'kind' | 'state' | 'steps' | 'chunks' | 'chunksDone' | 'skipped' | 'left'
> & {
  readonly kind?: BatchKind;
  /** So that the same file is known when it comes again: see findTakenOver. */
  readonly inputs?: string;
  readonly revision?: number;
};

/** Through which door the changes of such a step come in. */
export const batchOrigins = {
  import: 'import',
  merge: 'web',
} as const satisfies Readonly<Record<BatchKind, ChangeOrigin>>;

/** Records of one chunk: as many as one command carries with ease. */
export const chunkSize = 2000;

const pack = promisify(deflate);
const unpack = promisify(inflate);

/** Keeps the plan, chunk by chunk; the batch comes last, so that a plan is there whole or not at all. */
export async function addBatch(
  store: Store,
  batch: NewBatch,
  steps: readonly RecordStep[],
): Promise<'added' | 'name-taken'> {
  const chunks = Math.ceil(steps.length / chunkSize);
  if (await findBatch(store, batch.name)) return 'name-taken';
  const model = importChunkModel(store.connection);
  // What a plan that was cut off left behind.
  await model.deleteMany({ batch: batch.name });
  for (let number = 0; number < chunks; number += 1) {
    const part = steps.slice(number * chunkSize, (number + 1) * chunkSize);
    const packed = await pack(Buffer.from(JSON.stringify(part)), { level: 1 });
    await model.insertMany([{ batch: batch.name, number, packed }]);
  }
  try {
    await importBatchModel(store.connection).insertMany([
      {
        ...batch,
        at: new Date(batch.at),
        state: 'planned',
        steps: steps.length,
        chunks,
        chunksDone: 0,
        skipped: [],
      },
    ]);
    return 'added';
  } catch (error) {
    if (isDuplicateKey(error)) return 'name-taken';
    throw error;
  }
}

export async function findBatch(store: Store, name: string): Promise<ImportBatch | undefined> {
  const record = await importBatchModel(store.connection)
    .findOne({ name })
    .lean<ImportBatchRecord>();
  return record ? toBatch(record) : undefined;
}

/**
 * The import that took over the same file, said to be the same, where nothing in the directory changed since it was
 * compared but what it wrote itself: then there is nothing to do.
 */
export async function findTakenOver(
  store: Store,
  inputs: string,
): Promise<ImportBatch | undefined> {
  const revision = (await readRevision(store)) - 1;
  const record = await importBatchModel(store.connection)
    .findOne({ inputs, revision, state: 'done', skipped: [] })
    .lean<ImportBatchRecord>();
  return record ? toBatch(record) : undefined;
}

/** Newest first; of one kind where one is named. */
export async function readBatches(
  store: Store,
  limit: number,
  kind?: BatchKind,
): Promise<ImportBatch[]> {
  // Batches of before there were kinds are imports.
  const wanted = { import: { kind: { $ne: 'merge' as const } }, merge: { kind: 'merge' as const } };
  const records = await importBatchModel(store.connection)
    .find(kind ? wanted[kind] : {})
    .sort({ at: -1, _id: -1 })
    .limit(limit)
    .lean<ImportBatchRecord[]>();
  return records.map(toBatch);
}

/** All of them, oldest first. */
export const eachBatch = (store: Store): AsyncGenerator<ImportBatch> =>
  eachRecord(importBatchModel(store.connection), { _id: 1 }, toBatch);

/** Forgets a plan of which nothing was written. */
export async function dropBatch(store: Store, name: string): Promise<void> {
  await importBatchModel(store.connection).deleteOne({ name });
  await importChunkModel(store.connection).deleteMany({ batch: name });
}

/** Whether it is still to be brought to its end. */
export const isUnfinished = ({ state }: Pick<ImportBatch, 'state'>): boolean =>
  state === 'planned' || state === 'applying' || state === 'settling';

/** Begun, and neither ended nor undone: of what a process that went away left, too. */
export async function readUnfinished(store: Store): Promise<ImportBatch[]> {
  const records = await importBatchModel(store.connection)
    .find({ state: { $in: ['applying', 'settling', 'undoing'] } })
    .lean<ImportBatchRecord[]>();
  return records.map(toBatch);
}

export async function readChunk(
  store: Store,
  batch: string,
  number: number,
): Promise<readonly RecordStep[]> {
  const record = await importChunkModel(store.connection)
    .findOne({ batch, number })
    .lean<ImportChunkRecord>();
  if (!record) throw new Error(`Part ${number} of the import ${batch} is not in the store.`);
  // Lean reads give the driver's own Binary.
  const { packed } = record as { packed: Buffer | { readonly buffer: Uint8Array } };
  const bytes = Buffer.isBuffer(packed) ? packed : Buffer.from(packed.buffer);
  return JSON.parse((await unpack(bytes)).toString('utf8')) as RecordStep[];
}

export interface BatchHold extends Hold {
  readonly name: string;
}

/** @returns whether it is now in these hands and in that state */
export async function takeBatch(
  store: Store,
  hold: BatchHold,
  now: Date,
  from: readonly BatchState[],
  to: BatchState,
): Promise<boolean> {
  const { name, heldBy, heldUntil } = hold;
  const taken = await importBatchModel(store.connection).updateOne(
    { name, state: { $in: [...from] }, $or: isFree(heldBy, now) },
    { $set: { state: to, heldBy, heldUntil } },
  );
  return taken.matchedCount === 1;
}

/** Notes how far it is, and keeps it in hand. @returns false when it went to other hands */
export async function keepBatch(
  store: Store,
  { name, heldBy, heldUntil }: BatchHold,
  how: {
    readonly chunksDone?: number;
    readonly state?: BatchState;
    readonly skipped?: readonly string[];
    readonly left?: readonly string[];
  },
): Promise<boolean> {
  const { skipped = [], left = [], ...set } = how;
  const lists = Object.entries({ skipped, left }).filter(([, more]) => more.length > 0);
  const kept = await importBatchModel(store.connection).updateOne(
    { name, heldBy },
    {
      $set: { ...set, heldUntil },
      ...(lists.length > 0
        ? { $push: Object.fromEntries(lists.map(([name, more]) => [name, { $each: [...more] }])) }
        : {}),
    },
  );
  return kept.matchedCount === 1;
}

/** Lets it go, in its last state. */
export async function endBatch(
  store: Store,
  { name, heldBy }: BatchHold,
  state: BatchState,
): Promise<void> {
  await importBatchModel(store.connection).updateOne(
    { name, heldBy },
    { $set: { state, heldBy: null, heldUntil: null } },
  );
}

const toBatch = (record: ImportBatchRecord): ImportBatch => ({
  name: record.name,
  kind: record.kind ?? 'import',
  title: record.title,
  fileName: record.fileName,
  hash: record.hash,
  state: record.state,
  by: record.by ?? null,
  at: toTimestamp(record.at),
  steps: record.steps,
  chunks: record.chunks,
  chunksDone: record.chunksDone,
  counts: record.counts as Readonly<Record<string, number>>,
  skipped: record.skipped,
  left: record.left ?? [],
});
