// What the store says of itself as a whole: whether its data is invented, and which shape its documents have.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';

const markSchema = new Schema(
  {
    /** What is marked: "sample-data", or "schema". */
    _id: { type: String, required: true },
    /** Of "schema": the number of the shape; see server/store/migrate. */
    version: { type: Number },
    /** Of "schema": the process that brings the documents forward; after `heldUntil` anyone may. */
    heldBy: { type: String },
    heldUntil: { type: Date },
  },
  { collection: 'marks', strict: 'throw', timestamps: true, versionKey: false },
);

// No index of its own: it is found by _id, which has one.

export type MarkRecord = InferRawDocTypeFromSchema<typeof markSchema>;
export const markModel = (connection: Connection) =>
  connection.model<MarkRecord>('Mark', markSchema);
