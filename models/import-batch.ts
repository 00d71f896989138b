// An import, or another step over many records: what it is of, how far it is, and who has it in hand.
// What it writes is in its chunks (import-chunk.ts), so that it can go on after a crash and be undone as one.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';
import { batchKinds, batchStates } from '../server/domain/words.ts';

const importBatchSchema = new Schema(
  {
    /** What people call it: "organizations-2023-02-21". Its changes carry it as their batch. */
    name: { type: String, required: true },
    kind: { type: String, enum: batchKinds, default: 'import' },
    /** "Code for America Brigade list, 21 February 2023". */
    title: { type: String, required: true },
    fileName: { type: String, default: '' },
    /** SHA-256 of the file, hexadecimal; '' where there was none. */
    hash: { type: String, default: '' },
    /** SHA-256 of the file and of all that was said of it; '' where nobody may ask for the same again. */
    inputs: { type: String, default: '' },
    /** Of the directory that it was compared with; null where that does not matter. */
    revision: { type: Number, default: null },
    state: { type: String, enum: batchStates, required: true },
    /** A person's identifier; null for the program itself. */
    by: { type: String, default: null },
    /** The moment that its records are stamped with. */
    at: { type: Date, required: true },
    /** Records to write, and the chunks that hold them. */
    steps: { type: Number, required: true },
    chunks: { type: Number, required: true },
    /** Chunks written while it is applied; chunks still written while it is undone. */
    chunksDone: { type: Number, required: true },
    /** How many rows of each kind there were. */
    counts: { type: Schema.Types.Mixed, required: true },
    /** Records that somebody changed meanwhile, and which were left: as "group code-for-tulsa". */
    skipped: { type: [String], required: true },
    /** Records that had to stay when it was undone. */
    left: { type: [String], default: [] },
    /** Which process works on it, and until when others keep away. */
    heldBy: { type: String, default: null },
    heldUntil: { type: Date, default: null },
  },
  {
    collection: 'importBatches',
    strict: 'throw',
    timestamps: true,
    versionKey: false,
    minimize: false,
  },
);

// Which import has this name? And: no two have the same.
importBatchSchema.index({ name: 1 }, { unique: true });
// Which imports are not finished?
importBatchSchema.index({ state: 1 });
// What was imported lately, newest first?
importBatchSchema.index({ at: -1, _id: -1 });

export type ImportBatchRecord = InferRawDocTypeFromSchema<typeof importBatchSchema>;
export const importBatchModel = (connection: Connection) =>
  connection.model<ImportBatchRecord>('ImportBatch', importBatchSchema);
