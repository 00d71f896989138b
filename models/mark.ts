// What the store says of itself as a whole; so far only whether its data is invented.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';

const markSchema = new Schema(
  {
    /** What is marked: "sample-data". */
    _id: { type: String, required: true },
  },
  { collection: 'marks', strict: 'throw', timestamps: true, versionKey: false },
);

// No index of its own: it is found by _id, which has one.

export type MarkRecord = InferRawDocTypeFromSchema<typeof markSchema>;
export const markModel = (connection: Connection) =>
  connection.model<MarkRecord>('Mark', markSchema);
