// A daily job: for which day it was last done, and who has it in hands just now.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';

const jobSchema = new Schema(
  {
    /** Its name, such as "check-groups". */
    _id: { type: String, required: true },
    /** The day it was last done for, `2026-11-22`; null while it never was. */
    doneFor: { type: String, default: null },
    doneAt: { type: Date, default: null },
    /** The process that has it in hands; after `heldUntil` anyone may take it. */
    heldBy: { type: String, default: null },
    heldUntil: { type: Date, default: null },
    /** What went wrong when it was last tried, in words; null when nothing did. */
    problem: { type: String, default: null },
  },
  { collection: 'jobs', strict: 'throw', timestamps: true, versionKey: false },
);

// No index of its own: it is found by _id, which has one.

export type JobRecord = InferRawDocTypeFromSchema<typeof jobSchema>;
export const jobModel = (connection: Connection) => connection.model<JobRecord>('Job', jobSchema);
