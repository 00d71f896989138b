// Where a record's facts come from; part of every record that the public reads.
import { Schema } from 'mongoose';

export const sourceSchema = new Schema(
  {
    note: { type: String, default: '' },
    url: { type: String, default: null },
    date: { type: String, default: null },
    verified: { type: Boolean, required: true },
  },
  { _id: false, strict: 'throw' },
);
