// A closed group that somebody says is active again: asked for with an address, done with the link mailed to it.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';

/** `asked`: the link was mailed. `returned`: the group is back. `waiting`: staff decide. `undone`: staff closed it again. */
export const returnStates = ['asked', 'returned', 'waiting', 'undone'] as const;

const closingSchema = new Schema(
  { date: { type: String, required: true }, reason: { type: String, default: '' } },
  { _id: false, strict: 'throw' },
);

const returnSchema = new Schema(
  {
    /** Of the link: one for each group, address and day. */
    tokenHash: { type: String, required: true },
    /** Slug of the group. */
    group: { type: String, required: true },
    /** Private: who asked. Erased once staff have looked. */
    address: { type: String, default: null },
    /** True where the address was a contact's or an organizer's. */
    known: { type: Boolean, required: true },
    state: { type: String, enum: returnStates, required: true },
    askedAt: { type: Date, required: true },
    usedAt: { type: Date, default: null },
    /** What the group was before, so that it can be undone. */
    closed: { type: closingSchema, default: null },
    /** When staff looked at it. */
    seenAt: { type: Date, default: null },
    seenBy: { type: String, default: null },
  },
  { collection: 'groupReturns', strict: 'throw', timestamps: true, versionKey: false },
);

// Which one does this link belong to? And: no two have the same.
returnSchema.index({ tokenHash: 1 }, { unique: true });
// Who brought this group back, and when?
returnSchema.index({ group: 1, askedAt: -1 });
// Which ones have staff to look at?
returnSchema.index({ seenAt: 1, state: 1 });

export type GroupReturnRecord = InferRawDocTypeFromSchema<typeof returnSchema>;
export const groupReturnModel = (connection: Connection) =>
  connection.model<GroupReturnRecord>('GroupReturn', returnSchema);
