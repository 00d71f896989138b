// A report: one dated statement of how far a partner is involved. Appended, never overwritten;
// the level that counts today is computed from all of them.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';
import { barriers, gifts, levels, reportOrigins } from '../server/domain/words.ts';

const reportSchema = new Schema(
  {
    /** Slug of the partner that it speaks of. */
    partner: { type: String, required: true },
    level: { type: String, enum: levels, required: true },
    date: { type: String, required: true },
    /** Slugs of the groups it is about. */
    groups: { type: [String], required: true },
    /** Slug of the wave it answers; null for one between waves. */
    wave: { type: String, default: null },
    origin: { type: String, enum: reportOrigins, required: true },
    /** Slug of the collaboration it is derived from. */
    collaboration: { type: String, default: null },
    gave: { type: [{ type: String, enum: gifts }], required: true },
    /** Private, by partner. */
    barriers: { type: [{ type: String, enum: barriers }], required: true },
    wantsTies: { type: Boolean, default: null },
    publicNote: { type: String, default: '' },
    /** Private: shown to staff. */
    internalNote: { type: String, default: '' },
    /** Private: who filed it. */
    by: { type: String, default: null },
  },
  { collection: 'reports', strict: 'throw', timestamps: true, versionKey: false },
);

// What has this partner reported, newest first?
reportSchema.index({ partner: 1, date: -1 });
// Who answered this wave?
reportSchema.index({ wave: 1, partner: 1 });

export type ReportRecord = InferRawDocTypeFromSchema<typeof reportSchema>;
export const reportModel = (connection: Connection) =>
  connection.model<ReportRecord>('Report', reportSchema);
