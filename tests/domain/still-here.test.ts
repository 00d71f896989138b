// When a group is asked whether it is still there, and when silence closes it. A whole year over HTTP is in
// tests/still-here/year.test.ts.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../server/domain/dates.ts';
import { livenessOf } from '../../server/domain/liveness.ts';
import type { Sign } from '../../server/domain/records.ts';
import {
  type AskedGroup,
  type ConfirmationRequest,
  closingOf,
  linkEnds,
  missedBefore,
  nextStep,
  quietSince,
  reasonToAsk,
  requestStates,
  returnsAtOnce,
  whoIsAsked,
} from '../../server/domain/still-here.ts';

const today = '2026-11-22';
const unknown: AskedGroup = { signs: [], listing: null, closed: null };
const sign = (kind: Sign['kind'], date: string): Sign => ({ kind, date, source: 'it', url: null });
const withSign = (kind: Sign['kind'], date: string): AskedGroup => ({
  ...unknown,
  signs: [sign(kind, date)],
});
const request = (
  round: number,
  state: ConfirmationRequest['state'],
  askedOn: string,
  over: Partial<ConfirmationRequest> = {},
): ConfirmationRequest => ({
  group: 'code-for-tulsa',
  round,
  state,
  askedAt: `${askedOn}T15:00:00.000Z`,
  remindedAt: null,
  closedGroup: false,
  ...over,
});

describe('reasonToAsk', () => {
  it.each([
    ['a group that was never asked', unknown, [], 'yearly'],
    ['one that a person confirmed this year', withSign('confirmed', '2025-11-23'), [], null],
    ['one that a person confirmed a year ago', withSign('confirmed', '2025-11-22'), [], 'yearly'],
    ['one that meets, never asked', withSign('last-event', '2026-11-01'), [], 'yearly'],
    ['one asked this year', unknown, [request(1, 'missed', '2025-11-23')], null],
    ['one asked a year ago', unknown, [request(1, 'missed', '2025-11-22')], 'yearly'],
    ['one that waits for an answer', unknown, [request(1, 'reminded', '2024-01-01')], null],
    [
      'one that turned quiet since it was asked',
      withSign('last-event', '2025-10-01'),
      [request(1, 'withdrawn', '2026-01-01')],
      'quiet',
    ],
    [
      'one that turned quiet shortly after it was asked',
      withSign('last-event', '2025-10-01'),
      [request(1, 'missed', '2026-09-01')],
      null,
    ],
    ['a closed one', { ...unknown, closed: { date: '2024', reason: '' } }, [], null],
  ] as const)('of %s is as said', (_name, group, requests, reason) => {
    expect(reasonToAsk(group, requests, today)).toBe(reason);
  });

  it('never asks twice within three months, whatever signs come in', () => {
    const anyDate = fc.integer({ min: 0, max: 2000 }).map((days) => addDays('2022-01-01', days));
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 0, max: 89 }), anyDate, (asked, later, seen) => {
        const requests = [request(1, 'missed', asked)];
        const day = addDays(asked, later);
        expect(reasonToAsk(withSign('last-event', seen), requests, day)).toBeNull();
      }),
      { numRuns: 100 },
    );
  });

  it('asks each group at least once in a year and a day', () => {
    const anyDate = fc.integer({ min: 0, max: 2000 }).map((days) => addDays('2022-01-01', days));
    fc.assert(
      fc.property(anyDate, fc.constantFrom(...requestStates), (asked, state) => {
        const isWaiting = state === 'asked' || state === 'reminded';
        const day = addDays(asked, 367);
        expect(reasonToAsk(unknown, [request(1, state, asked)], day) !== null).toBe(!isWaiting);
      }),
      { numRuns: 60 },
    );
  });
});

describe('quietSince', () => {
  it('is the day after the last on which the sign counted', () => {
    expect(quietSince(withSign('last-event', '2025-03-10'), today)).toBe('2026-03-11');
  });

  it('is unknown for a group that is live', () => {
    expect(quietSince(withSign('last-event', '2026-03-10'), today)).toBeNull();
  });
});

describe('nextStep', () => {
  const known = { group: unknown, hasAddress: true, arrived: true };
  const reminded = { remindedAt: '2026-01-15T15:00:00.000Z' };
  it.each([
    ['waits for two weeks', {}, {}, '2026-01-14', { step: 'wait' }],
    ['reminds after two weeks', {}, {}, '2026-01-15', { step: 'remind' }],
    ['reminds late rather than never', {}, {}, '2026-06-01', { step: 'remind' }],
    ['waits after the reminder', reminded, {}, '2026-01-30', { step: 'wait' }],
    ['counts as missed after thirty days', reminded, {}, '2026-01-31', { step: 'miss' }],
    [
      'is withdrawn where no mail arrived',
      reminded,
      { arrived: false },
      '2026-01-31',
      { step: 'withdraw', why: 'unreachable' },
    ],
    [
      'is withdrawn where nobody is left to ask',
      {},
      { hasAddress: false },
      '2026-01-02',
      { step: 'withdraw', why: 'unreachable' },
    ],
    [
      'is withdrawn once the group is closed',
      {},
      { group: { ...unknown, closed: { date: '2026-01-05', reason: '' } } },
      '2026-01-06',
      { step: 'withdraw', why: 'closed' },
    ],
    [
      'reminds nobody who has met since',
      {},
      { group: withSign('last-event', '2026-01-10') },
      '2026-01-20',
      { step: 'wait' },
    ],
    [
      'is withdrawn where the group has met since',
      {},
      { group: withSign('last-event', '2026-01-10') },
      '2026-01-31',
      { step: 'withdraw', why: 'alive' },
    ],
  ] as const)('of a request of 1 January %s', (_name, over, facts, day, step) => {
    expect(nextStep(request(1, 'asked', '2026-01-01', over), { ...known, ...facts }, day)).toEqual(
      step,
    );
  });
});

describe('missedBefore', () => {
  const second = request(3, 'reminded', '2026-06-01');
  const first = request(1, 'missed', '2025-06-01');
  it.each([
    ['counts a missed one', unknown, [first, second], 1],
    ['counts nothing before the first', unknown, [second], null],
    [
      'an answer in between starts anew',
      unknown,
      [first, request(2, 'confirmed', '2025-12-01'), second],
      null,
    ],
    [
      'one that reached nobody counts neither way',
      unknown,
      [first, request(2, 'withdrawn', '2025-12-01'), second],
      1,
    ],
    [
      'a sign since it was asked starts anew',
      withSign('last-push', '2025-06-01'),
      [first, second],
      null,
    ],
    ['a sign before it does not', withSign('last-push', '2025-05-31'), [first, second], 1],
    [
      'a closing that was taken back starts anew',
      unknown,
      [{ ...first, closedGroup: true }, second],
      null,
    ],
  ] as const)('%s', (_name, group, requests, round) => {
    expect(missedBefore(group, requests, second, today)?.round ?? null).toBe(round);
  });
});

describe('closingOf', () => {
  const told = { who: 'its contact says', word: '', since: null };

  it('closes the group for finders, whatever signs it has', () => {
    const kinds = fc.constantFrom('next-event', 'last-event', 'website-answers') as fc.Arbitrary<
      Sign['kind']
    >;
    const dates = fc.constantFrom('2024', '2026-03', '2026-11-22', '2026-11-30', '2027-01-02');
    const signs = fc.array(fc.tuple(kinds, dates).map(([kind, date]) => sign(kind, date)));
    const since = fc.constantFrom(null, '2023', '2026-11-22');
    fc.assert(
      fc.property(signs, since, (those, day) => {
        const closed = closingOf({ ...unknown, signs: those }, { ...told, since: day }, today);
        expect(livenessOf({ ...unknown, ...closed }, today).state).toBe('closed');
      }),
      { numRuns: 100 },
    );
  });

  it('keeps the date that the group gave where no sign is newer, and says it where one is', () => {
    const since = { ...told, since: '2024', word: 'We moved' };

    expect(closingOf(unknown, since, today).closed).toEqual({
      date: '2024',
      reason: 'its contact says that it stopped: “We moved”',
    });
    expect(closingOf(withSign('website-answers', '2026-05-01'), since, today).closed).toEqual({
      date: today,
      reason: 'its contact says that it stopped in 2024: “We moved”',
    });
  });
});

describe('the rest of the rules', () => {
  it('lets links work for sixty days after the last mail', () => {
    expect(linkEnds(request(1, 'asked', '2026-01-01'))).toBe('2026-03-02');
    expect(
      linkEnds(request(1, 'reminded', '2026-01-01', { remindedAt: '2026-01-15T15:00:00.000Z' })),
    ).toBe('2026-03-16');
  });

  it('asks each address once, and none that wants no mail', () => {
    const refuses = (address: string): boolean => address === 'no@tulsa.example';

    expect(
      whoIsAsked([' Ana@tulsa.example', 'no@tulsa.example'], ['ana@tulsa.example', ''], refuses),
    ).toEqual(['ana@tulsa.example']);
  });

  it.each([
    ['a known address always', true, [['returned', '2026-11-01']], true],
    ['a stranger', false, [], true],
    ['a stranger a year after another', false, [['returned', '2025-11-22']], true],
    ['no stranger so soon after another', false, [['returned', '2025-11-23']], false],
    ['no stranger whom staff undid', false, [['undone', '2026-11-01']], false],
  ] as const)('brings back at once %s', (_name, known, earlier, atOnce) => {
    const others = earlier.map(([state, day]) => ({
      known: false,
      state,
      usedAt: `${day}T10:00:00.000Z`,
    }));

    expect(returnsAtOnce({ known }, others, today)).toBe(atOnce);
  });
});
