// What somebody decided about one row of an upload, before it is accepted. Rows without one are treated as usual.
import { type Connection, type InferRawDocTypeFromSchema, Schema } from 'mongoose';

const importDecisionSchema = new Schema(
  {
    /** Identifier of the upload. */
    upload: { type: String, required: true },
    /** Which row: "row-12", counted from 0 in the file, or "gone-code-for-tulsa". */
    row: { type: String, required: true },
    choice: { type: String, required: true },
    overwrites: { type: Boolean, required: true },
    /** Values typed in place of the row's. */
    typed: { type: Schema.Types.Mixed, required: true },
    by: { type: String, default: null },
  },
  {
    collection: 'importDecisions',
    strict: 'throw',
    timestamps: true,
    versionKey: false,
    minimize: false,
  },
);

// What was decided about this row? And: one decision for each.
importDecisionSchema.index({ upload: 1, row: 1 }, { unique: true });

export type ImportDecisionRecord = InferRawDocTypeFromSchema<typeof importDecisionSchema>;
export const importDecisionModel = (connection: Connection) =>
  connection.model<ImportDecisionRecord>('ImportDecision', importDecisionSchema);
