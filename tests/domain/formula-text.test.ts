// Texts that a spreadsheet would run: harmless in the file, and the same again when it is read.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { neutralise, restoreNeutralised } from '../../server/domain/formula-text.ts';

const begins = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝', '＠', "'", "''", '');

describe('a text in a cell', () => {
  it('never begins with what a spreadsheet runs', () => {
    fc.assert(
      fc.property(begins, fc.string(), (begin, rest) => {
        expect(neutralise(begin + rest)).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
      }),
    );
  });

  it('comes back exactly as it was', () => {
    fc.assert(
      fc.property(begins, begins, fc.string({ unit: 'grapheme' }), (first, second, rest) => {
        const text = first + second + rest;

        expect(restoreNeutralised(neutralise(text))).toBe(text);
      }),
    );
  });

  it('stays as it is where nothing would run it', () => {
    expect(["O'Fallon", "'s-Hertogenbosch", 'a=b', ''].map(neutralise)).toEqual([
      "O'Fallon",
      "'s-Hertogenbosch",
      'a=b',
      '',
    ]);
  });
});
