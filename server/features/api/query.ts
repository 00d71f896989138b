// Queries of the API: building blocks of their schemas, and the strict reading of an address.
// Pages forgive a wrong value; the API says which one is wrong. Blank values count as absent, as forms send them.
import { z } from 'zod';
import { invalid } from '../../errors.ts';

/** A query as an address holds it: every value of every name, in order. */
export type RawQuery = Readonly<Record<string, readonly string[]>>;

const once = z.array(z.string()).max(1, 'is given more than once; one value is meant');

/** A parameter that is given once; its text goes on to the schema. */
const single = <T extends z.ZodType<unknown, string>>(schema: T) =>
  once.transform(([text]) => text ?? '').pipe(schema);

const knownWord = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, {
    error: (issue) =>
      `does not know “${shorten(String(issue.input))}”; it knows ${words.join(', ')}`,
  });

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** One of the words. */
export const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  single(knownWord(words));

/** Some of the words, repeated or separated by commas. */
export const someOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z
    .array(z.string())
    .transform((texts) => texts.flatMap((text) => text.split(',')).map((text) => text.trim()))
    .transform((texts) => texts.filter((text) => text !== ''))
    .pipe(z.array(knownWord(words)));

/** A text such as a name. */
export const text = (most = 200) =>
  single(z.string().max(most, `is longer than ${most} characters`));

/** A text of one form; `words` says which. */
export const formed = (form: RegExp, words: string) => single(z.string().regex(form, words));

/** A decimal number within bounds, both included. */
export function number(from: number, to: number, unit = '') {
  const words = `must be a number from ${from} to ${to}${unit === '' ? '' : ` ${unit}`}`;
  return decimal(/^[-+]?\d{1,9}(\.\d{1,15})?$/, words, z.number().min(from, words).max(to, words));
}

/** A whole number within bounds, both included. */
export function whole(from: number, to: number) {
  const words = `must be a whole number from ${from} to ${to}`;
  return decimal(/^\d{1,9}$/, words, z.int().min(from, words).max(to, words));
}

const decimal = <T extends z.ZodType<unknown, number>>(form: RegExp, words: string, schema: T) =>
  single(z.string().regex(form, words).transform(Number).pipe(schema));

/** The names and values of an address; blank values are left out. */
export function toRawQuery(search: URLSearchParams): RawQuery {
  const raw = new Map<string, string[]>();
  for (const [name, value] of search) {
    const trimmed = value.trim();
    if (trimmed !== '' || !raw.has(name)) raw.set(name, raw.get(name) ?? []);
    if (trimmed !== '') raw.get(name)?.push(trimmed);
  }
  return Object.fromEntries(raw);
}

/**
 * Reads a query by its schema.
 * @throws Problem (invalid) that names the first wrong field, or a name that means nothing here
 */
export function parseQuery<T extends z.ZodObject>(schema: T, raw: RawQuery): z.output<T> {
  const names = Object.keys(schema.shape);
  const stranger = Object.keys(raw).find((name) => !names.includes(name));
  if (stranger !== undefined) {
    const known = names.length === 0 ? 'It takes none.' : `It takes ${names.join(', ')}.`;
    throw invalid(`This address has no parameter “${shorten(stranger)}”. ${known}`, stranger);
  }
  const given = Object.entries(raw).filter(([, values]) => values.length > 0);
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = String(issue?.path[0] ?? '');
  throw invalid(`${field} ${issue?.message ?? 'cannot be read'}.`, field);
}
