// Batches of writes: their statements, and what each of them that failed is answered with.

import { isOutOfTime } from '../bounds.ts';
import { type Doc, maxWriteBatch } from '../bson/bson.ts';
import { parsed, serialised } from '../engine/engine.ts';
import { Failure, failureFields } from '../failure.ts';
import type { Reply } from '../wire.ts';
import { type Call, docOf, flag, ok } from './command.ts';

/** The statements of a batch: beside the command as a sequence, or in it as an array. */
export function batchOf(call: Call, name: string): { bytes: Buffer; doc: Doc }[] {
  const sequence = call.sequences.get(name);
  const list = call.body[name];
  const batch = sequence
    ? sequence.map(parsed)
    : (Array.isArray(list) ? list : []).map((doc) => serialised(docOf(doc, name)));
  if (batch.length === 0 || batch.length > maxWriteBatch) {
    throw new Failure(
      16,
      `Write batch sizes must be between 1 and ${maxWriteBatch}. Got ${batch.length} operations.`,
    );
  }
  return batch;
}

/**
 * Runs each statement; those that fail are told by their place, and end an ordered batch.
 * What an earlier statement wrote stays written, as in MongoDB; where the time is up, nothing does.
 */
export function eachOf<T>(
  call: Call,
  statements: readonly T[],
  run: (statement: T, place: number) => void,
): Doc[] {
  const ordered = call.body['ordered'] === undefined || flag(call.body['ordered']);
  const errors: Doc[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      if (!(error instanceof Failure) || isOutOfTime(error)) throw error;
      const { codeName: _, ...fields } = failureFields(error);
      errors.push({ index, ...fields });
      if (ordered) break;
    }
  }
  return errors;
}

export const withErrors = (fields: Doc, writeErrors: Doc[]): Reply =>
  ok(writeErrors.length > 0 ? { ...fields, writeErrors } : fields);
