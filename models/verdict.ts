// A verdict: what a group's organizer says of a report about the group. Appended, never overwritten, as reports are.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';
import { verdicts } from '../server/domain/words.ts';

const verdictSchema = new Schema(
  {
    /** Identifier of the report. */
    report: { type: String, required: true },
    /** Slug of the group. */
    group: { type: String, required: true },
    verdict: { type: String, enum: verdicts, required: true },
    /** Why, in the organizer's words; public. */
    note: { type: String, default: '' },
    /** Private: who said so. */
    by: { type: String, default: null },
  },
  { collection: 'verdicts', strict: 'throw', timestamps: true, versionKey: false },
);

// What was said of this report, newest last?
verdictSchema.index({ report: 1, group: 1, createdAt: 1 });

export type VerdictRecord = InferRawDocTypeFromSchema<typeof verdictSchema>;
export const verdictModel = (connection: Connection) =>
  connection.model<VerdictRecord>('Verdict', verdictSchema);
