// A city: the place where partner and group meet. Its flag is computed, never stored.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';
import { pointSchema } from './point.ts';

const citySchema = new Schema(
  {
    slug: { type: String, required: true },
    name: { type: String, required: true },
    /** Two letters in the United States, else ''. */
    state: { type: String, default: '' },
    /** ISO 3166-1 alpha-2, upper case. */
    country: { type: String, required: true },
    point: { type: pointSchema, required: true },
  },
  { collection: 'cities', strict: 'throw', timestamps: true, versionKey: false },
);

// Which city has this slug? And: no two have the same.
citySchema.index({ slug: 1 }, { unique: true });

export type CityRecord = InferRawDocTypeFromSchema<typeof citySchema>;
export const cityModel = (connection: Connection) =>
  connection.model<CityRecord>('City', citySchema);
