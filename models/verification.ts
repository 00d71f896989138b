// A sign-in link that waits to be used: the hash of its token and the address it signs in.
// better-auth reads and writes the collection: the names are its own.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';

const verificationSchema = new Schema(
  {
    /** The kind of the link and the hash of its token. */
    identifier: { type: String, required: true },
    /** The address, as JSON. */
    value: { type: String, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'verifications', strict: 'throw', timestamps: true, versionKey: false },
);

// Which link is this?
verificationSchema.index({ identifier: 1 });
// Which are too old?
verificationSchema.index({ expiresAt: 1 });

export type VerificationRecord = InferRawDocTypeFromSchema<typeof verificationSchema>;
export const verificationModel = (connection: Connection) =>
  connection.model<VerificationRecord>('Verification', verificationSchema);
