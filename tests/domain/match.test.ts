// The match of a partner and a group: what each part gives, and what holds whatever the records say.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  bestFirst,
  type Match,
  type MatchFacts,
  type MatchPartName,
  matchOf,
  matchPartNames,
  mostPoints,
  type Tie,
} from '../../server/domain/match.ts';
import { livenessStates } from '../../server/domain/words.ts';

const facts = (over: Partial<MatchFacts> = {}): MatchFacts => ({
  partner: { city: 'tulsa-ok', topics: [], offers: [] },
  group: { city: 'norman-ok', topics: [], needs: [] },
  liveness: 'no-signal',
  distanceMiles: 25,
  reachMiles: 25,
  ties: [],
  ...over,
});
const withTopics = (ofPartner: readonly string[], ofGroup: readonly string[]): MatchFacts =>
  facts({
    partner: { city: 'a', topics: ofPartner, offers: [] },
    group: { city: 'b', topics: ofGroup, needs: [] },
  });
const withOffers = (offers: readonly string[], needs: readonly string[]): MatchFacts =>
  facts({ partner: { city: 'a', topics: [], offers }, group: { city: 'b', topics: [], needs } });

function match(given: MatchFacts): Match {
  const found = matchOf(given);
  if (!found) throw new Error('no match');
  return found;
}
const points = (given: MatchFacts, name: MatchPartName): number | undefined =>
  match(given).parts.find((part) => part.name === name)?.points;

const report: Tie = { kind: 'report', level: 'some', date: '2026-01-15', gave: [] };
const collaboration: Tie = {
  kind: 'collaboration',
  slug: 'c',
  title: 'C',
  from: '2025',
  to: '2025',
};
const convening: Tie = { kind: 'convening', slug: 'd', name: 'D', start: '2026-03-12', end: null };

describe('the parts of a match', () => {
  it('give at most 100 points together', () => {
    expect(Object.values(mostPoints).reduce((all, most) => all + most, 0)).toBe(100);
    expect(mostPoints).toEqual({
      distance: 40,
      'shared-topics': 25,
      'offers-meet-needs': 15,
      liveness: 15,
      'known-ties': 5,
    });
  });

  it.each([
    [
      'in the same city, wherever it stands',
      { group: { city: 'tulsa-ok', topics: [], needs: [] }, distanceMiles: 80 },
      40,
    ],
    ['at the same point', { distanceMiles: 0 }, 40],
    ['at half the reach', { distanceMiles: 12.5 }, 30],
    ['at the edge of the reach', { distanceMiles: 25 }, 20],
    ['at twice the reach', { distanceMiles: 50 }, 0],
  ])('distance: %s', (_name, over, expected) => {
    expect(points(facts(over), 'distance')).toBe(expected);
  });

  it.each([
    ['nothing known', [], [], 0],
    ['nothing shared', ['housing'], ['transit'], 0],
    ['one', ['housing'], ['Homes'], 10],
    ['a wider and a narrower one', ['housing'], ['eviction'], 5],
    ['two', ['housing', 'transit'], ['transit', 'housing'], 16],
    ['a free word that both wrote', ['beekeeping'], ['Beekeeping'], 10],
  ])('shared topics: %s', (_name, ofPartner, ofGroup, expected) => {
    expect(points(withTopics(ofPartner, ofGroup), 'shared-topics')).toBe(expected);
    expect(points(withTopics(ofGroup, ofPartner), 'shared-topics')).toBe(expected);
  });

  it.each([
    ['nothing known', [], [], 0],
    ['one need that is met', ['geocoded parcel data'], ['parcel data'], 8],
    ['a wider offer', ['data'], ['parcel data'], 4],
    ['a need that nobody meets', ['meeting space'], ['volunteers'], 0],
    ['three', ['space', 'parcel data', 'speakers'], ['a room', 'parcels', 'talks'], 15],
  ])('offers meet needs: %s', (_name, offers, needs, expected) => {
    expect(points(withOffers(offers, needs), 'offers-meet-needs')).toBe(expected);
  });

  it.each([
    ['none', [], 0],
    ['a convening', [convening], 2],
    ['a report', [report, report], 3],
    ['a report and a convening', [report, convening], 5],
    ['all of them', [report, collaboration, convening], 5],
  ])('known ties: %s', (_name, ties, expected) => {
    expect(points(facts({ ties }), 'known-ties')).toBe(expected);
  });

  it('put a live group before a quiet one, and a quiet one before one without a sign', () => {
    const [live, quiet, none] = (['live', 'quiet', 'no-signal'] as const).map(
      (liveness) => points(facts({ liveness }), 'liveness') ?? -1,
    );

    expect(live).toBeGreaterThan(quiet ?? 99);
    expect(quiet).toBeGreaterThan(none ?? 99);
  });
});

describe('no match', () => {
  it('is made with a closed group', () => {
    expect(matchOf(facts({ liveness: 'closed', distanceMiles: 0 }))).toBeNull();
  });

  it('is made beyond twice the reach, unless both are of one city', () => {
    expect(matchOf(facts({ distanceMiles: 50.01 }))).toBeNull();
    const here = { city: 'tulsa-ok', topics: [], needs: [] };
    expect(matchOf(facts({ distanceMiles: 50.01, group: here }))).not.toBeNull();
  });
});

const someTopics = fc.uniqueArray(
  fc.constantFrom('housing', 'eviction', 'homes', 'transit', 'buses', 'health', 'lead', 'bees'),
);
const someHelp = fc.uniqueArray(
  fc.constantFrom('data', 'parcel data', 'geocoded parcel data', 'a room', 'volunteers', 'cakes'),
);
const someFacts: fc.Arbitrary<MatchFacts> = fc
  .record({
    cities: fc.constantFrom(['a', 'a'], ['a', 'b'], ['a', null]),
    topics: fc.tuple(someTopics, someTopics),
    help: fc.tuple(someHelp, someHelp),
    liveness: fc.constantFrom(...livenessStates),
    distanceMiles: fc.double({ min: 0, max: 120, noNaN: true }),
    reachMiles: fc.integer({ min: 1, max: 60 }),
    ties: fc.subarray([report, collaboration, convening]),
  })
  .map(({ cities, topics, help, ...rest }) => ({
    ...rest,
    partner: { city: cities[0] ?? 'a', topics: topics[0], offers: help[0] },
    group: { city: cities[1] ?? null, topics: topics[1], needs: help[1] },
  }));

describe('whatever the records say', () => {
  it('the parts add up to the score, each within its bounds and in one order', () => {
    fc.assert(
      fc.property(someFacts, (given) => {
        const found = matchOf(given);
        if (!found) return;
        expect(found.parts.map(({ name }) => name)).toEqual([...matchPartNames]);
        expect(found.parts.reduce((all, part) => all + part.points, 0)).toBe(found.score);
        for (const { name, points: given } of found.parts) {
          expect(Number.isInteger(given) && given >= 0 && given <= mostPoints[name]).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('one more topic on either side never lowers the score, and a shared one raises it until it is full', () => {
    fc.assert(
      fc.property(someFacts, someTopics, (given, [topic]) => {
        const before = matchOf(given);
        if (!before || topic === undefined) return;
        const partner = { ...given.partner, topics: [...given.partner.topics, topic] };
        const group = { ...given.group, topics: [...given.group.topics, topic] };
        for (const more of [
          { ...given, partner },
          { ...given, group },
        ]) {
          expect(match(more).score).toBeGreaterThanOrEqual(before.score);
        }
        const fresh = { ...given.partner, topics: [...given.partner.topics, 'voting'] };
        const both = { ...given.group, topics: [...given.group.topics, 'voting'] };
        const after = points({ ...given, partner: fresh, group: both }, 'shared-topics') ?? 0;
        const had = points(given, 'shared-topics') ?? 0;
        expect(had === mostPoints['shared-topics'] || after > had).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('one more offer or need never lowers the score', () => {
    fc.assert(
      fc.property(someFacts, someHelp, (given, [help]) => {
        const before = matchOf(given);
        if (!before || help === undefined) return;
        const partner = { ...given.partner, offers: [...given.partner.offers, help] };
        const group = { ...given.group, needs: [...given.group.needs, help] };
        expect(match({ ...given, partner }).score).toBeGreaterThanOrEqual(before.score);
        expect(match({ ...given, group }).score).toBeGreaterThanOrEqual(before.score);
      }),
      { numRuns: 200 },
    );
  });

  it('a group that is farther, or in another city, never scores higher', () => {
    fc.assert(
      fc.property(someFacts, fc.double({ min: 0, max: 60, noNaN: true }), (given, more) => {
        const score = matchOf(given)?.score ?? -1;
        const farther = { ...given, distanceMiles: given.distanceMiles + more };
        const elsewhere = { ...farther, group: { ...given.group, city: 'c' } };
        expect(matchOf(farther)?.score ?? -1).toBeLessThanOrEqual(score);
        expect(matchOf(elsewhere)?.score ?? -1).toBeLessThanOrEqual(score);
      }),
      { numRuns: 200 },
    );
  });

  it('a closed group is absent, and a livelier one never scores lower', () => {
    fc.assert(
      fc.property(someFacts, (given) => {
        expect(matchOf({ ...given, liveness: 'closed' })).toBeNull();
        const scores = (['live', 'quiet', 'no-signal'] as const).map(
          (liveness) => matchOf({ ...given, liveness })?.score ?? -1,
        );
        expect(scores).toEqual([...scores].sort((one, other) => other - one));
      }),
      { numRuns: 100 },
    );
  });

  it('the order is one: by score, then distance, then name, then slug', () => {
    const ranked = fc.record({
      score: fc.integer({ min: 0, max: 3 }),
      distanceMiles: fc.integer({ min: 0, max: 2 }),
      name: fc.constantFrom('A', 'B'),
      slug: fc.constantFrom('a', 'b', 'c'),
    });
    fc.assert(
      fc.property(fc.array(ranked, { maxLength: 12 }), (some) => {
        const sorted = [...some].sort(bestFirst);
        expect([...some].reverse().sort(bestFirst)).toEqual(sorted);
        expect(
          sorted.map(({ score, distanceMiles, name, slug }) =>
            [-score, distanceMiles, name, slug].join(),
          ),
        ).toEqual(
          some
            .map(({ score, distanceMiles, name, slug }) => [-score, distanceMiles, name, slug])
            .sort((a, b) => {
              const at = a.findIndex((value, index) => value !== b[index]);
              return at === -1 ? 0 : (a[at] ?? 0) < (b[at] ?? 0) ? -1 : 1;
            })
            .map((values) => values.join()),
        );
      }),
      { numRuns: 100 },
    );
  });
});
