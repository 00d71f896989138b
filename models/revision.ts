// Counters that tell readers when to read again: of the directory, and of the outreach items.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';

const revisionSchema = new Schema(
  {
    /** What is counted: "directory", or "outreach". */
    _id: { type: String, required: true },
    value: { type: Number, required: true },
    /** How many of those steps said which kinds of record they changed. */
    told: { type: Number },
    /** How many of them changed each kind. */
    kinds: { type: Map, of: Number },
  },
  { collection: 'revisions', strict: 'throw', timestamps: true, versionKey: false },
);

// No index of its own: it is found by _id, which has one.

export type RevisionRecord = InferRawDocTypeFromSchema<typeof revisionSchema>;
export const revisionModel = (connection: Connection) =>
  connection.model<RevisionRecord>('Revision', revisionSchema);
