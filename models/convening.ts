// A convening: an event where partners and groups can meet, with who goes.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';
import { sourceSchema } from './source.ts';

const conveningSchema = new Schema(
  {
    slug: { type: String, required: true },
    name: { type: String, required: true },
    /** Free words: "partners meeting", "hackathon". */
    kind: { type: String, required: true },
    start: { type: String, required: true },
    end: { type: String, default: null },
    /** Slug of its city where the directory has it. */
    city: { type: String, default: null },
    /** "Arlington, VA"; '' where it happened in many cities or online. */
    place: { type: String, default: '' },
    website: { type: String, default: null },
    /** Slugs of those who go. */
    partners: { type: [String], required: true },
    groups: { type: [String], required: true },
    source: { type: sourceSchema, required: true },
  },
  { collection: 'convenings', strict: 'throw', timestamps: true, versionKey: false },
);

// Which convening has this slug? And: no two have the same.
conveningSchema.index({ slug: 1 }, { unique: true });

export type ConveningRecord = InferRawDocTypeFromSchema<typeof conveningSchema>;
export const conveningModel = (connection: Connection) =>
  connection.model<ConveningRecord>('Convening', conveningSchema);
