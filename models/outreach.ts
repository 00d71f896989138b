// Outreach: staff's work on one city's gap, from its opening to its closing. Private as a whole.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';
import { gapFlags, outreachLogKinds, outreachStages } from '../server/domain/words.ts';

const entrySchema = new Schema(
  {
    at: { type: Date, required: true },
    /** A person's identifier; null for the program itself. */
    by: { type: String, default: null },
    kind: { type: String, enum: outreachLogKinds, required: true },
    text: { type: String, default: '' },
    /** Of a mail: what it was about, and whom it went to. */
    subject: { type: String, default: null },
    to: { type: [String], default: [] },
    /** Says which entry this is, so that sending a form twice makes one. */
    key: { type: String, required: true },
  },
  { _id: false, strict: 'throw' },
);

/** What the directory said when it was last looked at; a difference is noted in the log. */
const factsSchema = new Schema(
  {
    cause: { type: String, enum: gapFlags, required: true },
    /** Identifiers of the newest report of each partner. */
    reports: { type: [String], required: true },
    /** Slugs of the groups in reach. */
    groups: { type: [String], required: true },
  },
  { _id: false, strict: 'throw' },
);

const outreachSchema = new Schema(
  {
    /** Slug of the city. */
    city: { type: String, required: true },
    open: { type: Boolean, required: true },
    /** The cause at the opening. */
    cause: { type: String, enum: gapFlags, required: true },
    openedAt: { type: Date, required: true },
    closedAt: { type: Date, default: null },
    closeReason: { type: String, default: null },
    /** Identifier of the person who is on it. */
    owner: { type: String, default: null },
    stage: { type: String, enum: outreachStages, required: true },
    /** The day on which it is to be looked at next, `2026-12-01`. */
    nextDate: { type: String, default: null },
    log: { type: [entrySchema], required: true },
    facts: { type: factsSchema, required: true },
    /** Goes up with every noting of facts, so that two processes note each once. */
    factsVersion: { type: Number, required: true },
    /** Goes up when staff change owner, stage or next date, so that two windows cannot undo each other. */
    version: { type: Number, required: true },
  },
  { collection: 'outreach', strict: 'throw', timestamps: true, versionKey: false },
);

// Which item is open for this city? And: never two.
outreachSchema.index({ city: 1 }, { unique: true, partialFilterExpression: { open: true } });
// What was done for this city before?
outreachSchema.index({ city: 1, openedAt: -1 });
// Which items are open?
outreachSchema.index({ open: 1 });

export type OutreachRecord = InferRawDocTypeFromSchema<typeof outreachSchema>;
export const outreachModel = (connection: Connection) =>
  connection.model<OutreachRecord>('Outreach', outreachSchema);
