// Reads single values out of an address's query, forgivingly: whatever cannot be used is dropped and reported.
// Pages ignore the report; the API answers 400 with the field's name.

import { cleanText } from '../domain/clean-text.ts';

/** A value in the query that means nothing, for the API's 400. */
export interface UnknownValue {
  readonly field: string;
  readonly value: string;
}

export type Query = Readonly<Record<string, unknown>>;

/** Longer values are cut before anything looks at them. */
const longestValue = 200;
/** On one line. */
const breaks = /[\t\n\r]+/g;
/** More values of one field than any list of words has are not read. */
const mostValues = 50;

/** What was typed, cut to a bearable length, as clean text on one line, and trimmed. */
export const toPlainText = (typed: string): string =>
  cleanText(typed.slice(0, longestValue)).replace(breaks, ' ').trim();

function textsOf(value: unknown): string[] {
  const all = Array.isArray(value) ? value.slice(0, mostValues) : [value];
  return all
    .filter((one): one is string => typeof one === 'string')
    .map(toPlainText)
    .filter((one) => one !== '');
}

export interface QueryReader {
  /** Some of the given words, repeated or separated by commas, each once, in the order of the words. */
  some<Word extends string>(field: string, words: readonly Word[]): Word[];
  /** One text that `accept` turns into a value, or null where absent or not accepted. */
  one<Value>(field: string, accept: (text: string) => Value | undefined): Value | null;
  readonly unknown: UnknownValue[];
}

/** Reads a query of any shape; never throws. */
export function readQuery(query: Query): QueryReader {
  const unknown: UnknownValue[] = [];
  const given = (field: string) => (Object.hasOwn(query, field) ? query[field] : undefined);
  return {
    unknown,
    some(field, words) {
      const typed = textsOf(given(field))
        .flatMap((text) => text.split(',').slice(0, mostValues))
        .map((text) => text.trim())
        .filter((text) => text !== '');
      for (const value of typed) {
        if (!(words as readonly string[]).includes(value)) unknown.push({ field, value });
      }
      return words.filter((word) => typed.includes(word));
    },
    one(field, accept) {
      const [text, ...further] = textsOf(given(field));
      if (text === undefined) return null;
      for (const value of further) if (value !== text) unknown.push({ field, value });
      const value = accept(text);
      if (value === undefined) unknown.push({ field, value: text });
      return value ?? null;
    },
  };
}

/** One of the given words. */
export const oneOf =
  <Word extends string>(words: readonly Word[]) =>
  (text: string): Word | undefined =>
    words.find((word) => word === text);

/** A state's code, upper case. States of other countries have codes too, so the form is all that is checked. */
export const stateCode = (text: string): string | undefined =>
  /^[a-z]{2,3}$/i.test(text) ? text.toUpperCase() : undefined;

const countryNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** An ISO 3166-1 alpha-2 code, upper case. */
export const countryCode = (text: string): string | undefined =>
  /^[a-z]{2}$/i.test(text) && countryNames.of(text.toUpperCase()) !== undefined
    ? text.toUpperCase()
    : undefined;

/** A record's slug. */
export const slug = (text: string): string | undefined =>
  /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) ? text : undefined;

export const anyText = (text: string): string => text;
