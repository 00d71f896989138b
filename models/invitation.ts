// An invitation: the personal link of one partner for one wave, and the half answer kept under it.
// The link's token is not here, only its hash; the answer itself is a report.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';
import { barriers, gifts, levels } from '../server/domain/words.ts';

/** What was filled in so far; every field as the form sends it, '' and [] where nothing was. */
const draftSchema = new Schema(
  {
    level: { type: String, enum: ['', ...levels], default: '' },
    groups: { type: [String], required: true },
    anotherGroup: { type: String, default: '' },
    gave: { type: [{ type: String, enum: gifts }], required: true },
    barriers: { type: [{ type: String, enum: barriers }], required: true },
    wantsTies: { type: String, enum: ['', 'yes', 'no'], default: '' },
    publicNote: { type: String, default: '' },
    internalNote: { type: String, default: '' },
    savedAt: { type: Date, required: true },
  },
  { _id: false, strict: 'throw' },
);

const invitationSchema = new Schema(
  {
    /** Slug of the wave. */
    wave: { type: String, required: true },
    /** Slug of the partner. */
    partner: { type: String, required: true },
    /** Which link of this partner in this wave: goes up by one when a link is replaced. */
    issue: { type: Number, required: true, min: 1 },
    /** SHA-256 of the token, hexadecimal. */
    tokenHash: { type: String, required: true },
    /** Hashes of links that were replaced, so that they can be told from made-up ones. */
    replacedHashes: { type: [String], required: true },
    /** Where it was sent, at the time it was sent. Private. */
    addresses: { type: [String], required: true },
    revokedAt: { type: Date, default: null },
    /** When a person first did something on its page; reading it is not enough. */
    openedAt: { type: Date, default: null },
    remindedAt: { type: [Date], required: true },
    draft: { type: draftSchema, default: null },
  },
  { collection: 'invitations', strict: 'throw', timestamps: true, versionKey: false },
);

// Which invitation does this link belong to? And: no two have the same link.
invitationSchema.index({ tokenHash: 1 }, { unique: true });
// Was this link replaced by a newer one?
invitationSchema.index({ replacedHashes: 1 });
// Whom did this wave ask? And: nobody twice.
invitationSchema.index({ wave: 1, partner: 1 }, { unique: true });

export type InvitationRecord = InferRawDocTypeFromSchema<typeof invitationSchema>;
export const invitationModel = (connection: Connection) =>
  connection.model<InvitationRecord>('Invitation', invitationSchema);
