// The flag of a city from what is reported and which groups are in reach, and how far the reach of a partner goes.
// Since when a gap is open is in gap-since.test.ts.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { flagOf, isGap } from '../../server/domain/flag.ts';
import { effectiveReach, isInReach } from '../../server/domain/reach.ts';
import { flags, levels, livenessStates } from '../../server/domain/words.ts';

describe('the flag', () => {
  it.each([
    ['leads', 'leads'],
    ['led', 'leads'],
    ['extensive', 'extensive'],
    ['some', 'some'],
    ['none', 'no-contact'],
    ['unaware', 'not-aware'],
  ] as const)('of the fresh level %s is %s, whatever is in reach', (level, flag) => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...livenessStates)), (inReach) => {
        expect(flagOf({ level, inReach })).toBe(flag);
      }),
    );
  });

  it.each([
    ['nothing in reach', [], 'no-group'],
    ['only closed groups in reach', ['closed', 'closed'], 'no-group'],
    ['only quiet groups in reach', ['quiet', 'quiet'], 'dormant'],
    ['quiet and closed groups in reach', ['closed', 'quiet'], 'dormant'],
    ['a live group in reach', ['quiet', 'live'], 'not-reported'],
    ['a group of which nothing is known in reach', ['closed', 'no-signal'], 'not-reported'],
  ] as const)('without a fresh report and with %s', (_name, inReach, flag) => {
    expect(flagOf({ level: null, inReach })).toBe(flag);
  });

  it('is never no-partner for a partner', () => {
    fc.assert(
      fc.property(
        fc.option(fc.constantFrom(...levels)),
        fc.array(fc.constantFrom(...livenessStates)),
        (level, inReach) => {
          expect(flagOf({ level, inReach })).not.toBe('no-partner');
        },
      ),
    );
  });

  it('is a gap in five of nine', () => {
    expect(flags.filter(isGap)).toEqual([
      'no-contact',
      'not-aware',
      'no-group',
      'dormant',
      'not-reported',
    ]);
  });
});

describe('reach', () => {
  it('is the partner’s own, else the setting', () => {
    expect(effectiveReach({ reachMiles: 40 }, { reachMiles: 25 })).toBe(40);
    expect(effectiveReach({ reachMiles: null }, { reachMiles: 25 })).toBe(25);
  });

  it('holds its own edge, and nothing that moves farther out comes in', () => {
    const miles = fc.double({ min: 0, max: 13_000, noNaN: true });
    fc.assert(
      fc.property(miles, miles, miles, (reach, distance, farther) => {
        expect(isInReach(reach, reach)).toBe(true);
        expect(isInReach(distance + farther, reach) && !isInReach(distance, reach)).toBe(false);
      }),
    );
  });
});
