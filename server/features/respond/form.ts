// What the answer form sends, parsed. Values that the form does not offer are dropped; what was typed is kept whole.
import { z } from 'zod';
import type { Directory } from '../../directory/directory.ts';
import { barriers, gifts, type Level, levels } from '../../domain/words.ts';
import type { Draft } from '../../store/invitations.ts';
import type { Answer } from '../../survey/answer.ts';

/** Characters of a note, and of the name of another group. */
export const longestNote = 2000;
export const longestGroup = 300;
/** A draft may be longer than an answer: nothing typed is lost. The body's own limit bounds it. */
const longestTyped = 20_000;

const typed = z
  .string()
  .catch('')
  .transform((text) => text.replaceAll('\r\n', '\n').slice(0, longestTyped).trim());
const list = z
  .union([z.string().transform((one) => [one]), z.array(z.string())])
  .catch([])
  .transform((items) => [...new Set(items)]);
const listOf = <Item extends string>(known: readonly Item[]) =>
  list.transform((items) => known.filter((item) => items.includes(item)));

const form = z.object({
  level: z.enum(['', ...levels]).catch(''),
  groups: list,
  anotherGroup: typed,
  gave: listOf(gifts),
  barriers: listOf(barriers),
  wantsTies: z.enum(['yes', 'no', '']).catch(''),
  publicNote: typed,
  internalNote: typed,
});

const identifier = z
  .string()
  .regex(/^[0-9a-f]{24}$/)
  .nullable()
  .catch(null);

export interface FieldError {
  /** The id of the input that it leads to. */
  readonly field: string;
  readonly message: string;
}

/** Reads the form as far as it was filled in; groups that the directory does not have are left out. */
export function parseDraft(body: unknown, directory: Directory): Draft {
  const draft = form.parse(typeof body === 'object' && body !== null ? body : {});
  return {
    ...draft,
    groups: draft.groups.filter((slug) => directory.findGroup(slug) !== undefined),
  };
}

/** The identifier of a report, null for anything else. */
export const parseReportId = (value: unknown): string | null => identifier.parse(value);

/** The answer, or what keeps the draft from being one. */
export function toAnswer(
  draft: Draft,
): { readonly answer: Answer } | { readonly errors: readonly FieldError[] } {
  const errors = [
    draft.level === '' && {
      field: 'level',
      message: 'Choose how you work with civic tech groups',
    },
    draft.level === 'unaware' &&
      draft.groups.length > 0 && {
        field: 'groups',
        message:
          'You chose that you know of no group, and ticked one. Choose another answer, or untick the group',
      },
    tooLong('anotherGroup', 'The other group', draft.anotherGroup, longestGroup),
    tooLong('publicNote', 'The note for everybody', draft.publicNote, longestNote),
    tooLong('internalNote', 'The note for NNIP staff', draft.internalNote, longestNote),
  ].filter((error): error is FieldError => error !== false);
  if (errors.length > 0) return { errors };
  return { answer: { ...draft, level: draft.level as Level } };
}

const tooLong = (field: string, name: string, text: string, limit: number): FieldError | false =>
  text.length > limit && {
    field,
    message: `${name} has ${text.length} characters. Shorten it to ${limit}`,
  };
