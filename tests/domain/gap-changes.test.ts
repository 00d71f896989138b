// Gaps between two days: what closed and what opened, never only the difference.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isGap } from '../../server/domain/flag.ts';
import { type CityFlags, findGapChanges } from '../../server/domain/gap-changes.ts';
import { type Flag, flags } from '../../server/domain/words.ts';

const aDay = (cities: Record<string, Flag>): CityFlags => new Map(Object.entries(cities));

const partnerFlags = flags.filter((flag) => flag !== 'no-partner');
const anyDay = fc
  .dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fc.constantFrom(...partnerFlags))
  .map(aDay);

describe('findGapChanges', () => {
  it.each<[string, Record<string, Flag>, Record<string, Flag>, string]>([
    ['a first contact closes a gap', { tulsa: 'no-contact' }, { tulsa: 'some' }, 'closed'],
    ['losing the only group opens one', { tulsa: 'some' }, { tulsa: 'no-group' }, 'opened'],
    ['another cause leaves it open', { tulsa: 'not-reported' }, { tulsa: 'dormant' }, 'stillOpen'],
    ['a stronger tie is no change of gap', { tulsa: 'some' }, { tulsa: 'leads' }, 'stillClosed'],
    ['a new partner city opens with its gap', {}, { tulsa: 'not-reported' }, 'opened'],
    ['leaving the network closes nothing', { tulsa: 'no-group' }, {}, 'left'],
  ])('%s', (_name, before, after, list) => {
    const changes = findGapChanges(aDay(before), aDay(after));

    expect(changes[list as 'closed']).toEqual([
      { city: 'tulsa', before: before['tulsa'] ?? null, after: after['tulsa'] ?? null },
    ]);
  });

  it('shows both where as many close as open', () => {
    const changes = findGapChanges(
      aDay({ tulsa: 'no-contact', memphis: 'some' }),
      aDay({ tulsa: 'some', memphis: 'no-group' }),
    );

    expect(changes.gapsBefore).toBe(changes.gapsAfter);
    expect(changes.closed.map(({ city }) => city)).toEqual(['tulsa']);
    expect(changes.opened.map(({ city }) => city)).toEqual(['memphis']);
  });

  it('has every city in one list, and lists that explain the totals', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (before, after) => {
        const changes = findGapChanges(before, after);
        const { closed, opened, stillOpen, stillClosed, left } = changes;
        const all = [...closed, ...opened, ...stillOpen, ...stillClosed, ...left];
        const gone = left.filter((change) => change.before !== null && isGap(change.before));

        expect(all.map(({ city }) => city).sort()).toEqual(
          [...new Set([...before.keys(), ...after.keys()])].sort(),
        );
        expect(changes.gapsBefore).toBe(closed.length + stillOpen.length + gone.length);
        expect(changes.gapsAfter).toBe(opened.length + stillOpen.length);
      }),
    );
  });
});
