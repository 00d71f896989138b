// What a suggestion would change in a record as it is by now, and why a group is not on the map.
// Sending and deciding suggestions is in the tests of suggesting.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { whyNotOnMap } from '../../server/domain/on-map.ts';
import {
  diffOf,
  fieldsOf,
  type SuggestedTexts,
  suggestedFields,
} from '../../server/domain/suggested.ts';

const anyTexts: fc.Arbitrary<SuggestedTexts> = fc
  .array(fc.constantFrom('', 'a', 'b', 'c'), {
    minLength: suggestedFields.length,
    maxLength: suggestedFields.length,
  })
  .map((texts) => Object.fromEntries(suggestedFields.map((field, at) => [field, texts[at] ?? ''])));

describe('what a suggestion would change', () => {
  it('is nothing where the sender left everything, whatever became of the record since', () => {
    fc.assert(
      fc.property(anyTexts, anyTexts, (current, seen) => {
        expect(diffOf(current, { seen, proposed: seen })).toEqual([]);
      }),
    );
  });

  it('is nothing where the record says the same by now', () => {
    fc.assert(
      fc.property(anyTexts, anyTexts, (current, seen) => {
        expect(diffOf(current, { seen, proposed: current })).toEqual([]);
      }),
    );
  });

  it('leads to what was proposed where nothing was changed meanwhile', () => {
    fc.assert(
      fc.property(anyTexts, anyTexts, (seen, proposed) => {
        const changes = diffOf(seen, { seen, proposed });
        const taken = changes.map((change) => [change.field, change.proposed]);

        expect({ ...seen, ...Object.fromEntries(taken) }).toEqual(proposed);
        expect(changes.every((change) => change.seen === null)).toBe(true);
      }),
    );
  });

  it('names a field once, never as it is, and what the sender saw where that was something else', () => {
    fc.assert(
      fc.property(anyTexts, anyTexts, anyTexts, (current, seen, proposed) => {
        const changes = diffOf(current, { seen, proposed });

        expect(new Set(changes.map(({ field }) => field)).size).toBe(changes.length);
        for (const change of changes) {
          expect(change.proposed).not.toBe(change.current);
          expect(change.seen).toBe(
            seen[change.field] === change.current ? null : seen[change.field],
          );
        }
      }),
    );
  });

  it('speaks of the fields that such a record has', () => {
    expect(fieldsOf(null)).not.toContain('closed');
    expect(fieldsOf('group')).toContain('closed');
    expect(fieldsOf('partner')).toEqual(['name', 'place', 'point', 'website', 'topics', 'offers']);
  });
});

describe('a group', () => {
  it.each([
    ['that is live is on the map', 36.1, -95.9, 'live', null],
    ['that nothing is known of is on the map', 36.1, -95.9, 'no-signal', null],
    ['that is closed is not', 36.1, -95.9, 'closed', 'closed'],
    ['at 0, 0 is not', 0, 0, 'live', 'no-coordinates'],
    ['off the earth is not', 91, 0, 'live', 'no-coordinates'],
    ['without coordinates is not', Number.NaN, Number.NaN, 'live', 'no-coordinates'],
  ] as const)('%s', (_, lat, lng, state, reason) => {
    expect(whyNotOnMap({ lat, lng, liveness: { state } })).toBe(reason);
  });
});
