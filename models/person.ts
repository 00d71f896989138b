// A person who may sign in. better-auth reads and writes the same collection as its "user": the names of the
// first five fields are its own. What a person may do follows from the last three.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';

const personSchema = new Schema(
  {
    /** Lower case; better-auth looks it up so. */
    email: { type: String, required: true, lowercase: true, trim: true },
    /** True from the start: the only way in is a link mailed to this address. */
    emailVerified: { type: Boolean, required: true },
    name: { type: String, default: '' },
    image: { type: String, default: null },
    staff: { type: Boolean, required: true },
    /** Slugs of the partners the person answers for. */
    partners: { type: [String], required: true },
    /** Slugs of the groups the person organizes. */
    groups: { type: [String], required: true },
  },
  { collection: 'people', strict: 'throw', timestamps: true, versionKey: false },
);

// Who has this address? And: nobody is there twice.
personSchema.index({ email: 1 }, { unique: true });
// Who answers for this partner, who organizes this group?
personSchema.index({ partners: 1 });
personSchema.index({ groups: 1 });

export type PersonRecord = InferRawDocTypeFromSchema<typeof personSchema>;
export const personModel = (connection: Connection) =>
  connection.model<PersonRecord>('Person', personSchema);
