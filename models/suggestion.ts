// A suggestion: what somebody sends in for staff to look at. Nothing of it is public before it is accepted.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';
import { suggestedSubjects } from '../server/domain/suggested.ts';
import { suggestionKinds, suggestionStates } from '../server/domain/words.ts';

const textsSchema = new Schema(
  {
    name: { type: String },
    kind: { type: String },
    place: { type: String },
    point: { type: String },
    website: { type: String },
    eventsUrl: { type: String },
    codeUrl: { type: String },
    topics: { type: String },
    needs: { type: String },
    offers: { type: String },
    closed: { type: String },
  },
  { _id: false, strict: 'throw', minimize: false },
);

const recordSchema = new Schema(
  {
    record: { type: String, enum: suggestedSubjects, required: true },
    slug: { type: String, required: true },
  },
  { _id: false, strict: 'throw' },
);

const claimSchema = new Schema(
  {
    by: { type: String, required: true },
    until: { type: Date, required: true },
    /** Slug of the group that is being made, so that trying again makes the same one. */
    slug: { type: String, default: null },
  },
  { _id: false, strict: 'throw' },
);

const decisionSchema = new Schema(
  {
    at: { type: Date, required: true },
    /** A person's identifier. */
    by: { type: String, required: true },
    /** To the sender. */
    word: { type: String, default: '' },
    /** The fields that were taken. */
    taken: { type: [String], required: true },
    /** What was written; null where nothing was. */
    record: { type: recordSchema, default: null },
  },
  { _id: false, strict: 'throw' },
);

const suggestionSchema = new Schema(
  {
    /** The same words from the same place are one suggestion, however often they are sent. */
    key: { type: String, required: true },
    kind: { type: String, enum: suggestionKinds, required: true },
    state: { type: String, enum: suggestionStates, required: true },
    /** What was sent in free words, as typed. */
    text: { type: String, default: '' },
    /** Slug of the city it is about, where that is known. */
    city: { type: String, default: null },
    /** Slug of the partner whose answer it came in, or null. */
    partner: { type: String, default: null },
    /** Slug of the wave whose answer it came in, or null. */
    wave: { type: String, default: null },
    /** The record that a correction is about; null for a new group. */
    about: { type: recordSchema, default: null },
    /** The fields as the sender saw them and as they should be; null for free words alone. */
    seen: { type: textsSchema, default: null },
    proposed: { type: textsSchema, default: null },
    /** Where it is known from. */
    known: { type: String, default: '' },
    /** Private: the sender's mail address, kept until they were told. */
    sender: { type: String, default: null },
    /** Hash of the token of the page on which the sender follows it. */
    tokenHash: { type: String, default: null },
    /** Who is deciding it at this moment. */
    claim: { type: claimSchema, default: null },
    decision: { type: decisionSchema, default: null },
  },
  { collection: 'suggestions', strict: 'throw', timestamps: true, versionKey: false },
);

// Was this sent before?
suggestionSchema.index({ key: 1 }, { unique: true });
// Which one does this personal address follow?
suggestionSchema.index({ tokenHash: 1 });
// What is new?
suggestionSchema.index({ state: 1, createdAt: -1 });

export type SuggestionRecord = InferRawDocTypeFromSchema<typeof suggestionSchema>;
export const suggestionModel = (connection: Connection) =>
  connection.model<SuggestionRecord>('Suggestion', suggestionSchema);
