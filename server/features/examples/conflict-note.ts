// What to say when a record was changed by somebody else while a form was being filled in.
import type { ConflictNote } from './collaboration-form-page.ts';

interface Named<Form> {
  readonly field: keyof Form;
  readonly name: string;
}

/** Names the fields in which the record as it is now differs from what was typed. */
export function conflictNote<Form extends object>(
  noun: string,
  typed: Form,
  now: Form,
  fields: readonly Named<Form>[],
): ConflictNote {
  const words = (value: unknown): string =>
    (Array.isArray(value) ? value.join(', ') : String(value)) || 'nothing';
  return {
    text: `Somebody changed this ${noun} while you were writing, so nothing was saved. What you typed is kept below. Saving again puts yours in its place.`,
    now: fields.flatMap(({ field, name }) => {
      const value = words(now[field]);
      return value === words(typed[field]) ? [] : [{ name, value }];
    }),
  };
}
