// What the closing of a wave froze: written once, never changed.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';

const frozenWaveSchema = new Schema(
  {
    /** Slug of the wave. */
    wave: { type: String, required: true },
    at: { type: Date, required: true },
    json: { type: String, required: true },
    csv: { type: String, required: true },
  },
  { collection: 'frozen-waves', strict: 'throw', timestamps: true, versionKey: false },
);

// What was frozen of this wave? And: nothing is frozen twice.
frozenWaveSchema.index({ wave: 1 }, { unique: true });

export type FrozenWaveRecord = InferRawDocTypeFromSchema<typeof frozenWaveSchema>;
export const frozenWaveModel = (connection: Connection) =>
  connection.model<FrozenWaveRecord>('FrozenWave', frozenWaveSchema);
