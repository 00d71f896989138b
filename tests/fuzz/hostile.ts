// Input that means harm or nothing: texts, queries, trees and damaged bytes, for whatever reads from outside.
import fc from 'fast-check';

const nasty = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfffy',
  '\ufeff',
  '\u202eabc',
  '\r\nSet-Cookie: a=b',
  '\u2028\u2029',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '$ne',
  '$where',
  'a.b.c',
  '{"$gt":""}',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '<%= 1 %>',
  '=cmd|/c calc',
  "' OR 1=1 --",
  '../../../../etc/passwd',
  '..\\..\\x',
  '//evil.example',
  'javascript:alert(1)',
  'https://[::1',
  'http://user:pass@host:99999/',
  'mailto:',
  '%',
  '%00',
  '%ff%fe',
  '%c0%af',
  '-0',
  '-1',
  '0x10',
  '1e309',
  '1e-400',
  'NaN',
  'Infinity',
  '9007199254740993',
  '99999999999999999999999',
  '2026-02-30',
  '0000-00-00',
  '9999-99-99',
  '+275760-09-13',
  '-271821-04-20',
  ',,,,,,,,',
  ';;;;',
  '(((((((((',
  '[[[[[[',
  '\\',
  '*+?{1,99999}',
  'İıſK',
  'ﷺ',
  '👩‍👩‍👧‍👦🇺🇸',
  'a@b',
  '"a b"@example.com',
  `${'a'.repeat(300)}@example.com`,
  'Ⅷ①½',
  'a'.repeat(5_000),
  `${'e\u0301\u0327\u0323'.repeat(400)}`,
  '('.repeat(2_000),
  ' '.repeat(3_000),
  `${'a-'.repeat(1_000)}!`,
  ','.repeat(4_000),
  'and '.repeat(800),
  '9'.repeat(400),
] as const;

/** One text, odd in some way, or a usual word. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...nasty) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 40 }) },
  {
    weight: 1,
    // Halves of characters, which come in as they are from forms and JSON.
    arbitrary: fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 })
      .map((codes) => String.fromCharCode(...codes)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...nasty), fc.constantFrom(...nasty))
      .map(([one, other]) => one + other),
  },
);

/** A usual word of the field's, or anything else. */
export const wordOrWorse = (words: readonly string[]): fc.Arbitrary<string> =>
  words.length === 0
    ? hostileText
    : fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...words) }, hostileText);

/** What JSON, a form parser or BSON may hand over in place of a text. */
export const anyValue: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    hostileText,
    fc.array(hostileText, { maxLength: 4 }),
    fc.constantFrom(null, undefined, true, Number.NaN, Infinity, -0, 0, 1e21, []),
    fc.integer(),
    fc.double(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(hostileText, tie('value'), { maxKeys: 3 }),
  ),
})).value;

/** A query or a form as a parser hands it over: known names and others, once, repeatedly or as something else. */
export function anyFields(
  names: readonly string[],
  words: readonly string[] = [],
): fc.Arbitrary<Record<string, unknown>> {
  const value = fc.oneof(
    { weight: 5, arbitrary: wordOrWorse(words) },
    { weight: 2, arbitrary: fc.array(wordOrWorse(words), { maxLength: 5 }) },
    { weight: 1, arbitrary: anyValue },
  );
  const name = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...names) },
    { weight: 1, arbitrary: hostileText },
  );
  return fc
    .array(fc.tuple(name, value), { maxLength: 12 })
    .map((entries) => Object.fromEntries(entries));
}

type Change = (bytes: Buffer, others: readonly Buffer[]) => Buffer;

const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const at = (bytes: Buffer, share: number): number => Math.floor(bytes.length * share);
const put = (bytes: Buffer, where: number, more: Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, where), more, bytes.subarray(where)]);

/** Nothing that one change makes is larger. */
const largest = 100_000;

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(place, fc.integer({ min: 0, max: 255 })).map(
    ([where, byte]): Change =>
      (bytes) => {
        const copy = Buffer.from(bytes);
        if (copy.length > 0) copy[at(copy, where)] = byte;
        return copy;
      },
  ),
  fc.tuple(place, place).map(
    ([from, length]): Change =>
      (bytes) =>
        Buffer.concat([
          bytes.subarray(0, at(bytes, from)),
          bytes.subarray(at(bytes, from) + at(bytes, length * 0.3)),
        ]),
  ),
  place.map(
    (end): Change =>
      (bytes) =>
        bytes.subarray(0, at(bytes, end)),
  ),
  fc.tuple(place, hostileText).map(
    ([where, text]): Change =>
      (bytes) =>
        put(bytes, at(bytes, where), Buffer.from(text)),
  ),
  fc.tuple(place, fc.uint8Array({ maxLength: 12 })).map(
    ([where, more]): Change =>
      (bytes) =>
        put(bytes, at(bytes, where), Buffer.from(more)),
  ),
  // A part of it many times over: deep nesting, endless lists.
  fc
    .tuple(
      place,
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(2, 3, 5, 10, 30, 30, 200, 20_000),
    )
    .map(
      ([from, length, times]): Change =>
        (bytes) => {
          const start = at(bytes, from);
          const part = bytes.subarray(start, start + length);
          const most = Math.min(times, Math.floor(largest / Math.max(1, part.length)));
          return put(bytes, start, Buffer.concat(Array.from({ length: most }, () => part)));
        },
    ),
  // The beginning of one and the end of another.
  fc.tuple(place, place, fc.nat(100)).map(
    ([end, start, which]): Change =>
      (bytes, others) => {
        const other = others[which % others.length] ?? bytes;
        return Buffer.concat([bytes.subarray(0, at(bytes, end)), other.subarray(at(other, start))]);
      },
  ),
);

/** One of the good files, damaged in one to four ways. */
export function damaged(samples: readonly Uint8Array[]): fc.Arbitrary<Buffer> {
  const good = samples.map((sample) => Buffer.from(sample));
  return fc
    .tuple(fc.constantFrom(...good), fc.array(change, { minLength: 1, maxLength: 4 }))
    .map(([sample, changes]) =>
      changes.reduce<Buffer>(
        (bytes, next) => (bytes.length > largest ? bytes : next(bytes, good)),
        sample,
      ),
    );
}
