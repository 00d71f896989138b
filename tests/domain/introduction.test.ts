// Who may ask for an introduction, how often, and what time does to one.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../server/domain/dates.ts';
import {
  askingSides,
  dueStep,
  holdsAddress,
  type IntroductionFacts,
  introductionStates,
  lastDayToAnswer,
  mayMove,
  mostPerDay,
  mostPerWeek,
  otherSide,
  type Refusal,
  refusalOf,
  sides,
  stateOn,
} from '../../server/domain/introduction.ts';

const today = '2026-06-15';

const facts = (over: Partial<IntroductionFacts> = {}): IntroductionFacts => ({
  partner: 'tulsa-data-center',
  group: 'code-for-tulsa',
  from: 'partner',
  state: 'asked',
  by: 'ana',
  askedOn: '2026-06-10',
  remindedOn: null,
  endedOn: null,
  ...over,
});
const nobody = { staff: false, partners: [], groups: [] };
const ofPartner = { ...nobody, partners: ['tulsa-data-center'] };
const ofGroup = { ...nobody, groups: ['code-for-tulsa'] };
const ofBoth = { ...ofPartner, ...{ groups: ['code-for-tulsa'] } };
const pair = { partner: 'tulsa-data-center', group: 'code-for-tulsa' };

describe('who may ask for an introduction', () => {
  it.each([
    ['a person of the partner, for the partner', ofPartner, ['partner']],
    ['an organizer of the group, for the group', ofGroup, ['group']],
    ['staff, for either', { ...nobody, staff: true }, ['partner', 'group']],
    ['staff who are of the partner, for it alone', { ...ofPartner, staff: true }, ['partner']],
    ['nobody who is of both', ofBoth, []],
    ['not staff who are of both either', { ...ofBoth, staff: true }, []],
    ['nobody of another partner', { ...nobody, partners: ['other'], groups: ['another'] }, []],
  ])('is %s', (_name, asker, expected) => {
    expect(askingSides(asker, pair)).toEqual(expected);
  });
});

describe('what becomes of an introduction', () => {
  it('ends for good once it was accepted, declined, withdrawn or ran out', () => {
    const ended = introductionStates.filter((state) =>
      introductionStates.every((next) => !mayMove(state, next)),
    );

    expect(ended).toEqual(['accepted', 'declined', 'expired', 'withdrawn']);
  });

  it.each([
    ['2026-06-10', null, null],
    ['2026-06-19', null, null],
    ['2026-06-20', null, 'remind'],
    ['2026-06-25', '2026-06-20', null],
    ['2026-07-10', '2026-06-20', null],
    ['2026-07-11', '2026-06-20', 'expire'],
    ['2026-07-11', null, 'expire'],
  ] as const)('asked on 10 June, on %s (reminded: %s): %s', (day, remindedOn, step) => {
    expect(dueStep(facts({ remindedOn }), day)).toBe(step);
  });

  it('is expired the day after its last, whether or not anybody noted it', () => {
    expect(stateOn(facts(), lastDayToAnswer(facts()))).toBe('asked');
    expect(stateOn(facts(), addDays(lastDayToAnswer(facts()), 1))).toBe('expired');
  });

  it('is reminded once at most, and never after its end', () => {
    const days = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(days, fc.constantFrom(...introductionStates), (later, state) => {
        const day = addDays('2026-06-10', later);
        const step = dueStep(facts({ state }), day);

        if (step === 'remind') {
          expect(dueStep(facts({ state, remindedOn: day }), day)).toBeNull();
          expect(stateOn(facts({ state }), day)).toBe('asked');
        }
        if (state !== 'asked') expect(step).toBeNull();
      }),
    );
  });
});

const many = (count: number, over: (index: number) => Partial<IntroductionFacts>) =>
  Array.from({ length: count }, (_, index) => facts(over(index)));
const refusal = (history: readonly IntroductionFacts[], over = {}): Refusal | null =>
  refusalOf({ ...pair, from: 'partner', by: 'ana', asker: ofPartner, ...over }, history, today);

describe('why an introduction is refused', () => {
  it('is nothing where nothing came before', () => {
    expect(refusal([])).toBeNull();
  });

  it.each<[string, readonly IntroductionFacts[], Refusal]>([
    ['the pair has an open one', [facts()], { kind: 'open', from: 'partner' }],
    ['the other side asked first', [facts({ from: 'group' })], { kind: 'open', from: 'group' }],
    [
      'the pair was introduced this half year',
      [facts({ from: 'group', state: 'accepted', endedOn: '2026-03-01' })],
      { kind: 'introduced', since: '2026-03-01' },
    ],
    [
      'it was declined within six months',
      [facts({ state: 'declined', askedOn: '2025-12-01', endedOn: '2025-12-16' })],
      { kind: 'resting', on: '2026-06-16' },
    ],
    [
      'the person asked five times today',
      many(mostPerDay, (index) => ({ group: `group-${index}`, askedOn: today })),
      { kind: 'person-limit' },
    ],
    [
      'the group was asked three times this week, by whomever',
      many(mostPerWeek, (index) => ({
        partner: `partner-${index}`,
        by: `person-${index}`,
        askedOn: `2026-06-1${index}`,
      })),
      { kind: 'recipient-limit', on: '2026-06-17' },
    ],
  ])('is that %s', (_name, history, expected) => {
    expect(refusal(history)).toEqual(expected);
  });

  it.each<[string, readonly IntroductionFacts[]]>([
    [
      'six months after a decline',
      [facts({ state: 'declined', askedOn: '2025-12-01', endedOn: '2025-12-15' })],
    ],
    [
      'the side that declined asking',
      [facts({ from: 'group', state: 'declined', endedOn: '2026-06-01' })],
    ],
    ['one that ran out', [facts({ askedOn: '2026-05-01' })]],
    ['one that was withdrawn', [facts({ state: 'withdrawn', endedOn: '2026-06-14' })]],
    [
      'what the person asked yesterday',
      many(mostPerDay, (index) => ({ group: `group-${index}`, askedOn: '2026-06-14' })),
    ],
    [
      'what the group was asked a week ago',
      many(mostPerWeek, (index) => ({ partner: `partner-${index}`, askedOn: '2026-06-08' })),
    ],
    [
      'what the group never got',
      many(mostPerWeek, (index) => ({
        partner: `partner-${index}`,
        state: 'could-not-be-sent',
        askedOn: '2026-06-14',
      })),
    ],
  ])('is not %s', (_name, history) => {
    expect(refusal(history)).toBeNull();
  });

  it('is never lifted by one more introduction that is open', () => {
    const anyFacts = fc.record({
      partner: fc.constantFrom('tulsa-data-center', 'a', 'b', 'c'),
      group: fc.constantFrom('code-for-tulsa', 'd', 'e', 'f'),
      from: fc.constantFrom(...sides),
      state: fc.constantFrom(...introductionStates),
      by: fc.constantFrom('ana', 'bo'),
      askedOn: fc.integer({ min: 0, max: 300 }).map((ago) => addDays(today, -ago)),
      remindedOn: fc.constant(null),
      endedOn: fc.option(fc.integer({ min: 0, max: 300 }).map((ago) => addDays(today, -ago))),
    });
    fc.assert(
      fc.property(fc.array(anyFacts, { maxLength: 12 }), anyFacts, (history, one) => {
        if (refusal(history) === null) return;
        expect(refusal([...history, { ...one, state: 'asked', askedOn: today }])).not.toBeNull();
      }),
    );
  });
});

describe('the sides of a pair', () => {
  it('are each other’s other', () => {
    for (const side of sides) expect(otherSide(otherSide(side))).toBe(side);
  });
});

describe('holdsAddress', () => {
  it.each([
    ['Write to ana@tulsa.example, please', true],
    ['<ana@tulsa.example>', true],
    ['We meet @ 6 pm. Come along.', false],
    ['Find us on Mastodon: @codefortulsa', false],
    ['', false],
  ])('%j: %s', (text, expected) => {
    expect(holdsAddress(text)).toBe(expected);
  });
});
