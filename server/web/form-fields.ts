// What forms share: values as they were typed, what is wrong with them, and the choices of a select.
import { z } from 'zod';

export interface FieldError {
  /** The id of the input that it leads to. */
  readonly field: string;
  readonly message: string;
}

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly selected: boolean;
}

/** What views/components/select-field.ejs prints; a group without a label stands by itself. */
export interface OptionGroup {
  readonly label: string | null;
  readonly options: readonly Option[];
}

/** Nothing that was typed is lost: the body's own limit bounds it. */
const longestTyped = 20_000;

/** One text of a form, trimmed; '' where there is none. */
export const typedText = z
  .string()
  .catch('')
  .transform((text) => text.replaceAll('\r\n', '\n').slice(0, longestTyped).trim());

/** Values of one name, each once. */
export const typedList = z
  .union([z.string().transform((one) => [one]), z.array(z.string())])
  .catch([])
  .transform((items) => [...new Set(items)]);

/** The body of a request as a form; anything else counts as an empty one. */
export const formOf = (body: unknown): object =>
  typeof body === 'object' && body !== null ? body : {};

export const messageOf = (errors: readonly FieldError[], field: string): string | null =>
  errors.find((error) => error.field === field)?.message ?? null;

/** The messages by field, as templates look them up. */
export const messagesOf = (errors: readonly FieldError[]): Readonly<Record<string, string>> =>
  Object.fromEntries(errors.map(({ field, message }) => [field, message]));

export const tooLong = (
  field: string,
  name: string,
  text: string,
  most: number,
): FieldError | false =>
  text.length > most && {
    field,
    message: `${name} has ${text.length} characters. Shorten it to ${most}`,
  };
