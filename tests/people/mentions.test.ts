// Taking an address out of plain data: every place it can stand in, and nothing that only looks like it.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  erasedMark,
  holdsAddress,
  mentions,
  withoutAddress,
} from '../../server/domain/mentions.ts';

const ana = 'ana@urban.example';

describe('an address in a text', () => {
  it.each([
    ['ana@urban.example', true],
    ['Write to Ana@Urban.Example, please.', true],
    ['Urban Data (ana@urban.example)', true],
    ['"ana@urban.example"', true],
    ['It is ana@urban.example.', true],
    ['diana@urban.example', false],
    ['j.ana@urban.example', false],
    ['ana@urban.example.org', false],
    ['ana@urban.examples', false],
    ['ana at urban.example', false],
    ['', false],
  ])('%s: %s', (text, expected) => {
    expect(mentions(text, ana)).toBe(expected);
  });
});

describe('data without an address', () => {
  it('is marked where it was, and the same elsewhere', () => {
    const at = new Date();
    const data = {
      at,
      before: { contacts: ['Ana Lima <ana@urban.example>', 'bo@urban.example'], note: null },
      after: ['call ana@urban.example', 3, true],
    };

    expect(withoutAddress(data, ana)).toEqual({
      at,
      before: { contacts: [erasedMark, 'bo@urban.example'], note: null },
      after: [`call ${erasedMark}`, 3, true],
    });
  });

  it('is the very same value where the address is not in it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(withoutAddress(value, ana)).toBe(value);
      }),
    );
  });

  it('holds it nowhere, wherever it was, and taking it out again changes nothing', () => {
    const planted = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(ana, 'ANA@urban.example', `to ${ana}, soon`, 'bo@urban.example'),
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom('contacts', 'text', 'to'), tie('value'), { maxKeys: 3 }),
      ),
    })).value;
    fc.assert(
      fc.property(planted, (value) => {
        const clean = withoutAddress(value, ana);

        expect(JSON.stringify(clean).toLowerCase()).not.toContain(ana);
        expect(holdsAddress(clean, ana)).toBe(false);
        expect(withoutAddress(clean, ana)).toBe(clean);
      }),
    );
  });
});
