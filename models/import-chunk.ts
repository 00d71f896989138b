// Some hundred records of an import, each as it was before and as it is after; kept for as long as it can be undone.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';

const importChunkSchema = new Schema(
  {
    /** Name of the batch. */
    batch: { type: String, required: true },
    /** From 0; written in this order, undone in the other. */
    number: { type: Number, required: true },
    /** JSON, deflated: records are much alike, so it takes a tenth of the room. */
    packed: { type: Buffer, required: true },
  },
  { collection: 'importChunks', strict: 'throw', timestamps: true, versionKey: false },
);

// Which records does this part of an import write? And: each part is there once.
importChunkSchema.index({ batch: 1, number: 1 }, { unique: true });

export type ImportChunkRecord = InferRawDocTypeFromSchema<typeof importChunkSchema>;
export const importChunkModel = (connection: Connection) =>
  connection.model<ImportChunkRecord>('ImportChunk', importChunkSchema);
