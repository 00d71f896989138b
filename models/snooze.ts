// A snooze: an item of the work queue that staff want to see again on a later day. Private.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';

const snoozeSchema = new Schema(
  {
    /** Key of the item in the queue. */
    key: { type: String, required: true },
    /** The day on which it is shown again, `2026-12-01`. */
    until: { type: String, required: true },
    by: { type: String, default: null },
  },
  { collection: 'snoozes', strict: 'throw', timestamps: true, versionKey: false },
);

// Is this item snoozed? And: once at most.
snoozeSchema.index({ key: 1 }, { unique: true });
// Which snoozes still hold?
snoozeSchema.index({ until: 1 });

export type SnoozeRecord = InferRawDocTypeFromSchema<typeof snoozeSchema>;
export const snoozeModel = (connection: Connection) =>
  connection.model<SnoozeRecord>('Snooze', snoozeSchema);
