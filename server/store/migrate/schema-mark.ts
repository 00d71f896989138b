// Where a store says which shape its documents have: one document among its marks.

export const marksName = 'marks';
export const schemaMarkId = 'schema';

export interface SchemaMark {
  readonly _id: string;
  readonly version?: number;
  /** The process that brings the documents forward, and until when it is believed to be alive. */
  readonly heldBy?: string | null;
  readonly heldUntil?: Date | null;
}
