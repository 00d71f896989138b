// A wave: one round of the survey. The answers are reports; a wave known by its totals alone keeps them here.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';
import { countBases, waveStates } from '../server/domain/words.ts';
import { sourceSchema } from './source.ts';

const countSchema = new Schema(
  {
    key: { type: String, required: true },
    label: { type: String, required: true },
    count: { type: Number, required: true, min: 0 },
    basis: { type: String, enum: countBases, required: true },
    /** The source's own wording, or the keys that it adds up. */
    stated: { type: String, default: '' },
  },
  { _id: false, strict: 'throw' },
);

const aggregateSchema = new Schema(
  {
    respondents: { type: Number, required: true, min: 0 },
    method: { type: String, default: '' },
    levels: { type: [countSchema], required: true },
    combined: { type: [countSchema], required: true },
    alsoStated: { type: [String], required: true },
    notes: { type: [String], required: true },
  },
  { _id: false, strict: 'throw' },
);

const waveSchema = new Schema(
  {
    /** Year and month in which it was sent out: `2014-07`. */
    slug: { type: String, required: true },
    name: { type: String, required: true },
    state: { type: String, enum: waveStates, required: true },
    opens: { type: String, required: true },
    closes: { type: String, required: true },
    introduction: { type: String, default: '' },
    /** Slugs of the partners it asked. */
    asked: { type: [String], required: true },
    aggregate: { type: aggregateSchema, default: null },
    source: { type: sourceSchema, required: true },
  },
  { collection: 'waves', strict: 'throw', timestamps: true, versionKey: false },
);

// Which wave has this slug? And: no two have the same.
waveSchema.index({ slug: 1 }, { unique: true });
// Which wave is open? And: never two at once.
waveSchema.index({ state: 1 }, { unique: true, partialFilterExpression: { state: 'open' } });

export type WaveRecord = InferRawDocTypeFromSchema<typeof waveSchema>;
export const waveModel = (connection: Connection) =>
  connection.model<WaveRecord>('Wave', waveSchema);
