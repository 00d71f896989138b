// One request to a group to confirm that it is still there. Addresses are not kept here, only hashes of link tokens.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';
import { requestStates, withdrawals } from '../server/domain/still-here.ts';

const confirmationSchema = new Schema(
  {
    /** Slug of the group. */
    group: { type: String, required: true },
    /** 1 for the first request to a group. */
    round: { type: Number, required: true, min: 1 },
    state: { type: String, enum: requestStates, required: true },
    why: { type: String, enum: [...withdrawals, null], default: null },
    askedAt: { type: Date, required: true },
    remindedAt: { type: Date, default: null },
    /** False until every mail of the present step is in the outbox: a run that was cut off goes on from here. */
    mailed: { type: Boolean, required: true },
    /** One for each address that was asked. */
    tokenHashes: { type: [String], required: true },
    /** When it was answered, missed or withdrawn. */
    settledAt: { type: Date, default: null },
    /** Identifier of the person who answered, where they have an account. */
    by: { type: String, default: null },
    /** True where missing it closed the group. */
    closedGroup: { type: Boolean, required: true },
  },
  { collection: 'confirmations', strict: 'throw', timestamps: true, versionKey: false },
);

// Was this group asked in this round before? And: once at most.
confirmationSchema.index({ group: 1, round: 1 }, { unique: true });
// Which request does this link belong to?
confirmationSchema.index({ tokenHashes: 1 });
// Which requests wait for an answer?
confirmationSchema.index({ state: 1, askedAt: 1 });

export type ConfirmationRecord = InferRawDocTypeFromSchema<typeof confirmationSchema>;
export const confirmationModel = (connection: Connection) =>
  connection.model<ConfirmationRecord>('Confirmation', confirmationSchema);
