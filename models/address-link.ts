// A mailed link that proves an address: to see and erase what is kept of it, or to make it the address of an account.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';

export const addressLinkUses = ['see', 'change'] as const;

const addressLinkSchema = new Schema(
  {
    /** SHA-256 of the token, hexadecimal. */
    tokenHash: { type: String, required: true },
    use: { type: String, enum: addressLinkUses, required: true },
    /** Private. In lower case; of a change, the new one. */
    address: { type: String, required: true },
    /** Of a change: identifier of the person. */
    person: { type: String, default: null },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'address-links', strict: 'throw', timestamps: true, versionKey: false },
);

// Which one is this link? And: no two have the same.
addressLinkSchema.index({ tokenHash: 1 }, { unique: true });
// Which links does this address have?
addressLinkSchema.index({ address: 1 });
// Which are too old?
addressLinkSchema.index({ expiresAt: 1 });

export type AddressLinkRecord = InferRawDocTypeFromSchema<typeof addressLinkSchema>;
export const addressLinkModel = (connection: Connection) =>
  connection.model<AddressLinkRecord>('AddressLink', addressLinkSchema);
