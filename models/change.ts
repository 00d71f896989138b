// A change: who changed which field of what, when, from where. Written beside every other write, never changed itself.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';
import { changeOrigins, loggedKinds } from '../server/domain/words.ts';

const changeSchema = new Schema(
  {
    at: { type: Date, required: true },
    /** A person's identifier; null for the program itself. */
    by: { type: String, default: null },
    origin: { type: String, enum: changeOrigins, required: true },
    record: { type: String, enum: loggedKinds, required: true },
    slug: { type: String, required: true },
    field: { type: String, required: true },
    before: { type: Schema.Types.Mixed, default: null },
    after: { type: Schema.Types.Mixed, default: null },
    /** Ties the changes of one step together. */
    batch: { type: String, required: true },
  },
  {
    collection: 'changes',
    strict: 'throw',
    timestamps: true,
    versionKey: false,
    // An empty object is a value that was there before, or is after.
    minimize: false,
  },
);

// What changed lately, newest first?
changeSchema.index({ at: -1, _id: -1 });
// What happened to this record, or to whatever else has its name, newest first?
// It stands before the one of kinds: of two that serve a question alike, the embedded store takes the first.
changeSchema.index({ slug: 1, at: -1, _id: -1 });
// What changed lately in records of this kind, newest first?
changeSchema.index({ record: 1, at: -1, _id: -1 });
// What did this person change lately, newest first?
changeSchema.index({ by: 1, at: -1, _id: -1 });
// What came in through this door lately, newest first?
changeSchema.index({ origin: 1, at: -1, _id: -1 });
// What belongs to this step, so that it can be undone as one?
changeSchema.index({ batch: 1, at: -1, _id: -1 });

export type ChangeRecord = InferRawDocTypeFromSchema<typeof changeSchema>;
export const changeModel = (connection: Connection) =>
  connection.model<ChangeRecord>('Change', changeSchema);
