// An address that asked not to be written to unasked. Only a keyed hash of it is kept, so that the list names nobody.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';

const doNotWriteSchema = new Schema(
  {
    hash: { type: String, required: true },
    /** What they had got when they asked: "introduction". */
    after: { type: String, required: true },
  },
  { collection: 'doNotWrite', strict: 'throw', timestamps: true, versionKey: false },
);

// Did this address ask not to be written to? And: once is enough.
doNotWriteSchema.index({ hash: 1 }, { unique: true });

export type DoNotWriteRecord = InferRawDocTypeFromSchema<typeof doNotWriteSchema>;
export const doNotWriteModel = (connection: Connection) =>
  connection.model<DoNotWriteRecord>('DoNotWrite', doNotWriteSchema);
