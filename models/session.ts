// A session of somebody who is signed in. better-auth reads and writes the collection: the names are its own.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';

const sessionSchema = new Schema(
  {
    /** What the cookie holds, beside its signature. */
    token: { type: String, required: true },
    /** The person's identifier. */
    userId: { type: Schema.Types.ObjectId, required: true },
    expiresAt: { type: Date, required: true },
    /** What the browser said of itself. */
    userAgent: { type: String, default: null },
    ipAddress: { type: String, default: null },
  },
  { collection: 'sessions', strict: 'throw', timestamps: true, versionKey: false },
);

// Whose session does this cookie name?
sessionSchema.index({ token: 1 }, { unique: true });
// Where is this person signed in?
sessionSchema.index({ userId: 1 });
// Which have ended by themselves?
sessionSchema.index({ expiresAt: 1 });

export type SessionRecord = InferRawDocTypeFromSchema<typeof sessionSchema>;
export const sessionModel = (connection: Connection) =>
  connection.model<SessionRecord>('Session', sessionSchema);
