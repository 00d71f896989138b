// A suggestion: what somebody sends in for staff to look at. Nothing of it is public before it is accepted.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';
import { suggestionKinds, suggestionStates } from '../server/domain/words.ts';

const suggestionSchema = new Schema(
  {
    /** The same words from the same place are one suggestion, however often they are sent. */
    key: { type: String, required: true },
    kind: { type: String, enum: suggestionKinds, required: true },
    state: { type: String, enum: suggestionStates, required: true },
    /** What was sent, as typed. */
    text: { type: String, required: true },
    /** Slug of the city it is about, where that is known. */
    city: { type: String, default: null },
    /** Slug of the partner whose answer it came in, or null. */
    partner: { type: String, default: null },
    /** Slug of the wave whose answer it came in, or null. */
    wave: { type: String, default: null },
  },
  { collection: 'suggestions', strict: 'throw', timestamps: true, versionKey: false },
);

// Was this sent before?
suggestionSchema.index({ key: 1 }, { unique: true });
// What is new?
suggestionSchema.index({ state: 1, createdAt: -1 });

export type SuggestionRecord = InferRawDocTypeFromSchema<typeof suggestionSchema>;
export const suggestionModel = (connection: Connection) =>
  connection.model<SuggestionRecord>('Suggestion', suggestionSchema);
