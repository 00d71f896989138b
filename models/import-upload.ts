// A file that staff uploaded to be imported: how it is read, and how far they are with it. Private, and gone after some
// days. The file itself is on disk; what was decided about its rows is in import-decision.ts.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';
import { uploadStates } from '../server/domain/words.ts';

const importUploadSchema = new Schema(
  {
    /** In its address, and the name of its file on disk. */
    id: { type: String, required: true },
    /** As the browser called it, for people to read. */
    fileName: { type: String, default: '' },
    /** SHA-256 of the file, hexadecimal. */
    hash: { type: String, required: true },
    bytes: { type: Number, required: true },
    /** A person's identifier. */
    by: { type: String, default: null },
    at: { type: Date, required: true },
    state: { type: String, enum: uploadStates, required: true },
    format: { type: String, required: true },
    /** "UTF-8, columns parted by semicolons". */
    readAs: { type: String, default: '' },
    rows: { type: Number, required: true },
    /** Heads of the columns, and the first cells of each. */
    columns: { type: [String], required: true },
    samples: { type: [String], required: true },
    notes: { type: [String], required: true },
    /** What each column holds; '' for one that is passed over. */
    mapping: { type: [String], required: true },
    listName: { type: String, default: '' },
    listDate: { type: String, default: '' },
    /** Nothing is left to ask before the preview. */
    settled: { type: Boolean, required: true },
    /** How many rows of each kind the last preview had; null before it. */
    counts: { type: Schema.Types.Mixed, default: null },
    /** What is done with rows that nobody decided on. */
    usual: { type: String, default: 'safe' },
    /** Name of the import that it becomes; null before it is accepted. */
    batch: { type: String, default: null },
    /** Which process plans it once it is accepted, and until when others keep away. */
    heldBy: { type: String, default: null },
    heldUntil: { type: Date, default: null },
    /** Why it could not be applied, in words. */
    trouble: { type: String, default: '' },
  },
  {
    collection: 'importUploads',
    strict: 'throw',
    timestamps: true,
    versionKey: false,
    minimize: false,
  },
);

// Which upload has this address?
importUploadSchema.index({ id: 1 }, { unique: true });
// Which uploads wait, oldest first?
importUploadSchema.index({ state: 1, at: 1 });

export type ImportUploadRecord = InferRawDocTypeFromSchema<typeof importUploadSchema>;
export const importUploadModel = (connection: Connection) =>
  connection.model<ImportUploadRecord>('ImportUpload', importUploadSchema);
