// Whether a group is live, quiet, closed or without a sign, by its dated signs, its listing and its closing.
// The words for it are in web/format.test.ts.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { livenessOf } from '../../server/domain/liveness.ts';
import type { Sign } from '../../server/domain/records.ts';
import { livenessStates, type SignKind } from '../../server/domain/words.ts';
import { anyDay, anyGroup, anySign } from '../support/arbitraries.ts';

const today = '2026-11-22';
const aSign = (kind: SignKind, date: string): Sign => ({ kind, date, source: 'said', url: null });
const listed = (mark: 'active' | 'inactive' | 'unknown') => ({ list: 'l', date: '2023-02', mark });
const closed = { date: '2026-06-01', reason: 'its organizer said so' };
const unknown = { signs: [], listing: null, closed: null };

describe('liveness', () => {
  it.each([
    ['a push of last month is live', { signs: [aSign('last-push', '2026-10-01')] }, 'live'],
    ['a year ago to the day is live', { signs: [aSign('last-event', '2025-11-22')] }, 'live'],
    ['a year and a day is quiet', { signs: [aSign('last-event', '2025-11-21')] }, 'quiet'],
    ['a month a year ago counts to its end', { signs: [aSign('last-event', '2025-11')] }, 'live'],
    ['a next event ahead is live', { signs: [aSign('next-event', '2027-03-01')] }, 'live'],
    [
      'a last event ahead is no sign yet',
      { signs: [aSign('last-event', '2027-03-01')] },
      'no-signal',
    ],
    ['nothing known is no signal', {}, 'no-signal'],
    ['standing in a list is not a sign', { listing: listed('active') }, 'no-signal'],
    ['marked inactive by its list is quiet', { listing: listed('inactive') }, 'quiet'],
    [
      'a recent sign outweighs the list',
      { listing: listed('inactive'), signs: [aSign('confirmed', '2026-09')] },
      'live',
    ],
    ['closed by a person is closed', { closed }, 'closed'],
    [
      'a sign before the closing leaves it closed',
      { closed, signs: [aSign('last-event', '2026-05-01')] },
      'closed',
    ],
    [
      'a sign of the closing day leaves it closed',
      { closed, signs: [aSign('last-event', '2026-06-01')] },
      'closed',
    ],
    [
      'any sign after the closing revives it',
      { closed, signs: [aSign('website-answers', '2026-07-01')] },
      'live',
    ],
    [
      'an old revival is quiet',
      { closed: { ...closed, date: '2020' }, signs: [aSign('last-push', '2021-05')] },
      'quiet',
    ],
  ] as const)('%s', (_name, known, state) => {
    expect(livenessOf({ ...unknown, ...known }, today).state).toBe(state);
  });

  it('shows the newest sign, and of one day the strongest', () => {
    const signs = [
      aSign('website-answers', '2026-09-01'),
      aSign('last-event', '2026-09-01'),
      aSign('last-push', '2026-03-01'),
    ];

    expect(livenessOf({ ...unknown, signs }, today).sign).toEqual(signs[1]);
  });

  it('never falls when a sign is added', () => {
    fc.assert(
      fc.property(anyGroup, anySign, anyDay, (group, sign, day) => {
        const rank = (signs: readonly Sign[]) =>
          livenessStates.indexOf(livenessOf({ ...group, signs }, day).state);

        expect(rank([...group.signs, sign])).toBeLessThanOrEqual(rank(group.signs));
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order of the signs', () => {
    fc.assert(
      fc.property(anyGroup, anyDay, (group, day) => {
        const turned = { ...group, signs: group.signs.toReversed() };

        expect(livenessOf(turned, day).state).toBe(livenessOf(group, day).state);
      }),
    );
  });
});
