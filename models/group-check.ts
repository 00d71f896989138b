// How asking one source of a group for signs of life ended, and what is kept of it for the next time.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';
import { checkOutcomes, checkSources } from '../server/domain/words.ts';

const validatorsSchema = new Schema(
  {
    address: { type: String, required: true },
    etag: { type: String, default: null },
    lastModified: { type: String, default: null },
  },
  { _id: false, strict: 'throw' },
);

const pageSchema = new Schema(
  {
    mark: { type: String, required: true },
    since: { type: String, required: true },
    seen: { type: Number, required: true },
    lastSeen: { type: String, required: true },
  },
  { _id: false, strict: 'throw' },
);

const leadSchema = new Schema(
  {
    source: { type: String, enum: checkSources, required: true },
    address: { type: String, required: true },
  },
  { _id: false, strict: 'throw' },
);

const groupCheckSchema = new Schema(
  {
    /** Slug of the group. */
    group: { type: String, required: true },
    source: { type: String, enum: checkSources, required: true },
    /** What is asked, as the group's record or another of its sources names it. */
    address: { type: String, required: true },
    outcome: { type: String, enum: checkOutcomes, required: true },
    words: { type: String, default: '' },
    checkedAt: { type: Date, required: true },
    failingSince: { type: Date, default: null },
    /** Tries in a row that failed. */
    failures: { type: Number, required: true, min: 0 },
    /** When the whole of it was read last. */
    readAt: { type: Date, default: null },
    validators: { type: validatorsSchema, default: null },
    /** Days of its meetings. */
    days: { type: [String], required: true },
    page: { type: pageSchema, default: null },
    /** Other sources that it names. */
    leads: { type: [leadSchema], required: true },
  },
  { collection: 'group-checks', strict: 'throw', timestamps: true, versionKey: false },
);

// What is known of this group's sources? And: no two records of one source.
groupCheckSchema.index({ group: 1, source: 1 }, { unique: true });

export type GroupCheckRecord = InferRawDocTypeFromSchema<typeof groupCheckSchema>;
export const groupCheckModel = (connection: Connection) =>
  connection.model<GroupCheckRecord>('GroupCheck', groupCheckSchema);
