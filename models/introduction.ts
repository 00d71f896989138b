// An introduction of a partner and a group that one of them asked for. Private as a whole: no snapshot holds it.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';
import { introductionStates, sides } from '../server/domain/introduction.ts';

const contactSchema = new Schema(
  {
    name: { type: String, default: '' },
    /** Private; erased when the introduction ends without being accepted. */
    address: { type: String, default: null },
  },
  { _id: false, strict: 'throw' },
);

const recipientSchema = new Schema(
  {
    name: { type: String, default: '' },
    address: { type: String, default: null },
    /** Keyed hash of the address, so that "do not write again" works after it is erased. */
    addressHash: { type: String, required: true },
    /** Hash of the token in their mail. */
    tokenHash: { type: String, required: true },
  },
  { _id: false, strict: 'throw' },
);

const answerSchema = new Schema(
  {
    /** Who answered; the address is passed on when they accepted, and not kept when they did not. */
    contact: { type: contactSchema, required: true },
    /** To the asker. */
    word: { type: String, default: '' },
  },
  { _id: false, strict: 'throw' },
);

const introductionSchema = new Schema(
  {
    /** Names the form that it was asked in, so that sending it twice makes one. */
    key: { type: String, required: true },
    /** Slugs. */
    partner: { type: String, required: true },
    group: { type: String, required: true },
    /** The side that asks. */
    from: { type: String, enum: sides, required: true },
    state: { type: String, enum: introductionStates, required: true },
    /** Identifier of the person who asked: of that side, or staff on its behalf. */
    by: { type: String, required: true },
    onBehalf: { type: Boolean, required: true },
    asker: { type: contactSchema, required: true },
    /** Hash of the token with which the asker follows what staff asked on their behalf. */
    askerTokenHash: { type: String, default: null },
    /** The asker's personal word. */
    word: { type: String, default: '' },
    /** Why the two fit, in sentences, as it was when they were asked. */
    reasons: { type: [String], required: true },
    recipients: { type: [recipientSchema], required: true },
    askedAt: { type: Date, required: true },
    /** Goes up when staff send it again; tokens and mails of each round are its own. */
    round: { type: Number, required: true },
    remindedAt: { type: Date, default: null },
    endedAt: { type: Date, default: null },
    answer: { type: answerSchema, default: null },
    /** What stands in the way while it could not be sent. */
    problem: { type: String, enum: ['no-address', 'refused', null], default: null },
    /** The step whose mails may not all be in the outbox yet; null when they are. */
    unposted: { type: String, enum: ['request', 'reminder', 'outcome', null], default: null },
  },
  { collection: 'introductions', strict: 'throw', timestamps: true, versionKey: false },
);

// Was this form sent before?
introductionSchema.index({ key: 1 }, { unique: true });
// Is an introduction of this pair open? And: never two.
introductionSchema.index(
  { partner: 1, group: 1 },
  { unique: true, partialFilterExpression: { state: 'asked' } },
);
// What did these ask for, and what were they asked, lately?
introductionSchema.index({ partner: 1, askedAt: -1 });
introductionSchema.index({ group: 1, askedAt: -1 });
introductionSchema.index({ by: 1, askedAt: -1 });
// Whose link is this?
introductionSchema.index({ 'recipients.tokenHash': 1 });
introductionSchema.index({ askerTokenHash: 1 });
// Which wait for an answer, or for staff?
introductionSchema.index({ state: 1, askedAt: 1 });
// Which mails are still to be posted?
introductionSchema.index({ unposted: 1 });

export type IntroductionRecord = InferRawDocTypeFromSchema<typeof introductionSchema>;
export const introductionModel = (connection: Connection) =>
  connection.model<IntroductionRecord>('Introduction', introductionSchema);
