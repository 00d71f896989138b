// A civic tech group, with what is known of it being alive. Its liveness state is computed from that, never stored.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';
import { groupKinds, listingMarks, signKinds } from '../server/domain/words.ts';
import { pointSchema } from './point.ts';
import { sourceSchema } from './source.ts';

const listingSchema = new Schema(
  {
    list: { type: String, required: true },
    date: { type: String, required: true },
    mark: { type: String, enum: listingMarks, required: true },
  },
  { _id: false, strict: 'throw' },
);

const signSchema = new Schema(
  {
    kind: { type: String, enum: signKinds, required: true },
    date: { type: String, required: true },
    source: { type: String, required: true },
    url: { type: String, default: null },
  },
  { _id: false, strict: 'throw' },
);

const closingSchema = new Schema(
  { date: { type: String, required: true }, reason: { type: String, default: '' } },
  { _id: false, strict: 'throw' },
);

const groupSchema = new Schema(
  {
    slug: { type: String, required: true },
    name: { type: String, required: true },
    kind: { type: String, enum: groupKinds, required: true },
    /** Slug of its city; null for a group of a whole state or country. */
    city: { type: String, default: null },
    state: { type: String, default: '' },
    country: { type: String, required: true },
    point: { type: pointSchema, required: true },
    website: { type: String, default: null },
    eventsUrl: { type: String, default: null },
    codeUrl: { type: String, default: null },
    /** The group's own news, as a feed: a list's `rss`. */
    feedUrl: { type: String, default: null },
    topics: { type: [String], required: true },
    needs: { type: [String], required: true },
    previousNames: { type: [String], required: true },
    /** Slugs of the records that were merged into this one. */
    previousSlugs: { type: [String], default: [] },
    /** The words that a published list files it under: the Brigade list's `tags`, or its older `type`. */
    tags: { type: [String], default: [] },
    founded: { type: String, default: null },
    listing: { type: listingSchema, default: null },
    signs: { type: [signSchema], required: true },
    closed: { type: closingSchema, default: null },
    /** Private: shown to staff. */
    contacts: { type: [String], required: true },
    source: { type: sourceSchema, required: true },
  },
  { collection: 'groups', strict: 'throw', timestamps: true, versionKey: false },
);

// Which group has this slug? And: no two have the same.
groupSchema.index({ slug: 1 }, { unique: true });

export type GroupRecord = InferRawDocTypeFromSchema<typeof groupSchema>;
export const groupModel = (connection: Connection) =>
  connection.model<GroupRecord>('Group', groupSchema);
