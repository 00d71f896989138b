// A collaboration: a documented example of a partner and a group working together.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';
import { collaborationStates } from '../server/domain/words.ts';
import { sourceSchema } from './source.ts';

const collaborationSchema = new Schema(
  {
    slug: { type: String, required: true },
    title: { type: String, required: true },
    /** Slug of its city. */
    city: { type: String, required: true },
    /** Slug of the partner; null where only a name is known. */
    partner: { type: String, default: null },
    partnerName: { type: String, default: '' },
    /** Slug of the group; null where only a name is known. */
    group: { type: String, default: null },
    groupName: { type: String, default: '' },
    from: { type: String, required: true },
    to: { type: String, required: true },
    summary: { type: String, default: '' },
    link: { type: String, default: null },
    state: { type: String, enum: collaborationStates, required: true },
    source: { type: sourceSchema, required: true },
  },
  { collection: 'collaborations', strict: 'throw', timestamps: true, versionKey: false },
);

// Which collaboration has this slug? And: no two have the same.
collaborationSchema.index({ slug: 1 }, { unique: true });

export type CollaborationRecord = InferRawDocTypeFromSchema<typeof collaborationSchema>;
export const collaborationModel = (connection: Connection) =>
  connection.model<CollaborationRecord>('Collaboration', collaborationSchema);
