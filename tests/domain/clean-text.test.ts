// Text that is what it looks like: what goes, what stays, and that every way in leads through it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanForm, cleanText } from '../../server/domain/clean-text.ts';
import { readFile } from '../../server/import/read/read-file.ts';
import { root } from '../../server/root.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.oneof(
        fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
        fc.constantFrom(
          ...['\0', '\u001b', '\u0085', '\u200b', '\u200c', '\u200d', '\u202e', '\u2067', '\u2069'],
          ...[
            '\ufeff',
            '\u0301',
            'e',
            'ب',
            'क',
            '\u094d',
            '👩',
            '\ufe0f',
            '🏴',
            '\u{e0067}',
            '\u{e007f}',
          ],
        ),
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
);

describe('clean text', () => {
  it('holds no control, no turn of direction, nothing of no width and no half of a character', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const cleaned = cleanText(text);

        expect(cleaned).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff\p{Cs}]/u);
        expect(cleaned.replace(/[\t\n\r]/g, '')).not.toMatch(/\p{Cc}/u);
        expect(cleaned).not.toMatch(/[A-Za-z0-9][\u200c\u200d]/);
      }),
    );
  });

  it('is composed, and stays as it is when it is cleaned again', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const cleaned = cleanText(text);

        expect(cleaned.normalize('NFC')).toBe(cleaned);
        expect(cleanText(cleaned)).toBe(cleaned);
      }),
    );
  });

  it.each([
    ['Persian with its half space', 'گروه‌های شهری'],
    ['Hindi with a joiner', 'क्‍षेत्र'],
    ['Sinhala with a joiner', 'ශ්‍රී ලංකා'],
    ['Hebrew with a mark for one word', 'קוד \u200fABC\u200f לעיר'],
    ['a family', '👨‍👩‍👧‍👦'],
    ['a person with a laptop and a skin', '🧑🏽‍💻'],
    ['a heart on fire', '❤️‍🔥'],
    ['the flag of Scotland', '🏴󠁧󠁢󠁳󠁣󠁴󠁿'],
    ['accents', 'São Paulo, Łódź, Tromsø, Đà Nẵng, ʻŌlelo Hawaiʻi'],
    ['several lines', 'one\n\ttwo\r\nthree'],
    ['Japanese', 'コード・フォー・東京'],
  ])('leaves %s as it is', (_, text) => {
    expect(cleanText(text)).toBe(text);
  });

  it.each([
    ['turns the rest round', 'Code for \u202easlut', 'Code for aslut'],
    ['isolates', '\u2067Code\u2069', 'Code'],
    ['hides a zero', 'Co\0de', 'Code'],
    ['hides an escape', '\u001b[31mCode', '[31mCode'],
    ['hides a space', 'Co\u200bde', 'Code'],
    ['ties Latin letters', 'Co\u200dde', 'Code'],
    ['hides text in tags', 'Code\u{e0063}\u{e0061}\u{e0074}', 'Code'],
    ['takes an accent apart', 'Quebe\u0301c', 'Quebéc'],
    ['parts lines oddly', 'Code\u2028for', 'Code for'],
    ['is half a character', 'Code\ud83d', 'Code'],
    ['shows nothing', ' \u200d\u3164\u2800\u00ad ', ''],
  ])('takes out of a text what %s', (_, text, cleaned) => {
    expect(cleanText(text)).toBe(cleaned);
  });

  it('is what a form holds, in every field and its name', () => {
    expect(cleanForm({ 'na\u200bme': 'a\u202eb', many: ['c\0', 'd'] })).toEqual({
      name: 'ab',
      many: ['c', 'd'],
    });
  });

  it.each([
    ['CSV', 'name,city\nCode \u202efor\u200b Tulsa,Tulsa'],
    ['JSON', '[{"name":"Code \u202efor\u200b Tulsa","city":"Tulsa"}]'],
    [
      'JSON that spells it out',
      '[{"name":"Code \\u202efor\\u200b\\u0000 Tulsa","city":["Tulsa\\u0007"]}]',
    ],
  ])('is what a list holds as %s', (_, text) => {
    expect(JSON.stringify(readFile(Buffer.from(text)).rows)).toMatch(/"Code for Tulsa",\[?"Tulsa"/);
  });

  it('is all that forms bring: there is one way in', () => {
    const folder = join(root, 'server');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const parsing = files.filter(
      (file) =>
        file.endsWith('.ts') &&
        /\burlencoded\(|\bmulter\(|express\.(?:json|raw|text)\(/.test(
          readFileSync(join(folder, file), 'utf8'),
        ),
    );

    expect(parsing.sort()).toEqual(['features/importing/upload.ts', 'web/form-body.ts']);
  });
});
