// A partner: an NNIP organization. Its flag and its level are computed from reports, never stored.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';
import { partnerStatuses } from '../server/domain/words.ts';
import { pointSchema } from './point.ts';
import { sourceSchema } from './source.ts';

const partnerSchema = new Schema(
  {
    slug: { type: String, required: true },
    name: { type: String, required: true },
    hostInstitution: { type: String, default: '' },
    /** Slug of its city. */
    city: { type: String, required: true },
    metro: { type: String, default: '' },
    point: { type: pointSchema, required: true },
    /** Miles; null means the setting REACH_MILES. */
    reachMiles: { type: Number, default: null, min: 0 },
    website: { type: String, default: null },
    topics: { type: [String], required: true },
    offers: { type: [String], required: true },
    status: { type: String, enum: partnerStatuses, required: true },
    since: { type: String, default: null },
    /** Private: shown to the partner itself and to staff. */
    contacts: { type: [String], required: true },
    source: { type: sourceSchema, required: true },
  },
  { collection: 'partners', strict: 'throw', timestamps: true, versionKey: false },
);

// Which partner has this slug? And: no two have the same.
partnerSchema.index({ slug: 1 }, { unique: true });
// Which partner may sign in with this address?
partnerSchema.index({ contacts: 1 });

export type PartnerRecord = InferRawDocTypeFromSchema<typeof partnerSchema>;
export const partnerModel = (connection: Connection) =>
  connection.model<PartnerRecord>('Partner', partnerSchema);
