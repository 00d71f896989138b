// A mail of the outbox. What it says is sealed while it waits, because personal links stand in it, and erased once sent.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';
import { mailPurposes, mailStates } from '../server/domain/mail-delivery.ts';

const aboutSchema = new Schema(
  { kind: { type: String, required: true }, slug: { type: String, required: true } },
  { _id: false, strict: 'throw' },
);

const mailSchema = new Schema(
  {
    /** Says which mail this is, so that asking for it twice makes one. */
    key: { type: String, required: true },
    to: { type: String, required: true },
    purpose: { type: String, enum: mailPurposes, required: true },
    template: { type: String, required: true },
    about: { type: aboutSchema, default: null },
    /** Slug of its wave. */
    wave: { type: String, default: null },
    /** True goes before all others: somebody is waiting in front of a screen. */
    urgent: { type: Boolean, required: true },
    /** What the template is filled with; null once sent, or once of no use. */
    sealed: { type: String, default: null },
    state: { type: String, enum: mailStates, required: true },
    /** Tries since it was asked for, or since a person asked to send it again. */
    tries: { type: Number, required: true, min: 0 },
    queuedAt: { type: Date, required: true },
    /** When it may be sent next. */
    dueAt: { type: Date, required: true },
    /** After this moment it is of no use any more; null is never. */
    useUntil: { type: Date, default: null },
    /** Names the try that holds it; kept after, so that a late answer still finds it. */
    heldBy: { type: String, default: null },
    /** A hold longer than this was lost. */
    heldUntil: { type: Date, default: null },
    sentAt: { type: Date, default: null },
    /** What went wrong last, in words for staff. */
    problem: { type: String, default: null },
  },
  { collection: 'mails', strict: 'throw', timestamps: true, versionKey: false },
);

// Was this mail asked for before? And: no two have the same key.
mailSchema.index({ key: 1 }, { unique: true });
// Which mail is to be sent next?
mailSchema.index({ state: 1, urgent: -1, dueAt: 1 });
// Which mails speak of this record?
mailSchema.index({ 'about.kind': 1, 'about.slug': 1, queuedAt: -1 });
// What was sent for this wave?
mailSchema.index({ wave: 1, queuedAt: 1 });

export type MailRecord = InferRawDocTypeFromSchema<typeof mailSchema>;
export const mailModel = (connection: Connection) => connection.model('Mail', mailSchema);
