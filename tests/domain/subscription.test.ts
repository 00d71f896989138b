// Who is told of which groups: what starts and what wakes up, once, whatever happens in between.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../server/domain/dates.ts';
import {
  findNews,
  joinKnown,
  type KnownGroup,
  knownAfter,
  mayTellOn,
  type NearGroup,
  placeKey,
  quietDays,
  toKnown,
} from '../../server/domain/subscription.ts';
import { type LivenessState, livenessStates } from '../../server/domain/words.ts';

const today = '2026-11-22';
const near = (slug: string, state: LivenessState): NearGroup => ({ slug, state });
const known = (slug: string, over: Partial<KnownGroup> = {}): KnownGroup => ({
  slug,
  isLive: false,
  told: null,
  ...over,
});

describe('news of a group', () => {
  it.each<[string, KnownGroup[], NearGroup, string[]]>([
    ['is new and live', [], near('a', 'live'), ['new']],
    ['is new, with no sign yet', [], near('a', 'no-signal'), ['new']],
    ['comes in asleep', [], near('a', 'quiet'), []],
    ['comes in closed', [], near('a', 'closed'), []],
    ['was asleep and is live', [known('a')], near('a', 'live'), ['awake']],
    ['is asleep as before', [known('a')], near('a', 'quiet'), []],
    ['is live as before', [known('a', { isLive: true })], near('a', 'live'), []],
    ['falls asleep', [known('a', { isLive: true })], near('a', 'quiet'), []],
    ['closes', [known('a', { isLive: true })], near('a', 'closed'), []],
    [
      'wakes up a week after it was told of',
      [known('a', { told: '2026-11-15' })],
      near('a', 'live'),
      [],
    ],
    [
      'wakes up a year after it was told of',
      [known('a', { told: '2025-11-15' })],
      near('a', 'live'),
      ['awake'],
    ],
  ])('that %s', (_, before, now, kinds) => {
    expect(findNews(before, [now], today).map(({ kind }) => kind)).toEqual(kinds);
  });

  it('is none for whoever has just asked', () => {
    const there = livenessStates.map((state) => near(state, state));

    expect(findNews(toKnown(there), there, today)).toEqual([]);
  });

  it('is not lost where a group comes in asleep and wakes up later', () => {
    const asleep = [near('a', 'closed')];
    const after = knownAfter([], asleep, findNews([], asleep, today), today);

    expect(findNews(after, [near('a', 'live')], '2026-12-01')).toEqual([
      { slug: 'a', kind: 'awake' },
    ]);
  });
});

const states = fc.constantFrom(...livenessStates);
const around = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 5 })
  .chain((slugs) => fc.tuple(...slugs.map((slug) => states.map((state) => near(slug, state)))));
/** What is near on one day after the other, with the days that pass in between. */
const history = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), around), { maxLength: 12 });

describe('over any time', () => {
  it('the same is never news twice', () => {
    fc.assert(
      fc.property(around, around, (before, now) => {
        const start = toKnown(before);
        const after = knownAfter(start, now, findNews(start, now, today), today);

        expect(findNews(after, now, today)).toEqual([]);
        expect(findNews(after, now, addDays(today, 400))).toEqual([]);
      }),
    );
  });

  it('nobody is told of one group again before its quiet days are over', () => {
    fc.assert(
      fc.property(around, history, (first, days) => {
        let day = today;
        let state = toKnown(first);
        const toldOn = new Map<string, string>();
        for (const [pause, now] of days) {
          day = addDays(day, pause);
          const news = findNews(state, now, day);
          for (const { slug } of news) {
            const last = toldOn.get(slug);
            if (last) expect(addDays(last, quietDays) <= day).toBe(true);
            toldOn.set(slug, day);
          }
          state = knownAfter(state, now, news, day);
        }
      }),
    );
  });

  it('a group that goes away and comes back as it was is no news', () => {
    fc.assert(
      fc.property(around, (now) => {
        const after = knownAfter(toKnown(now), [], [], today);

        expect(findNews(after, now, '2027-11-22')).toEqual([]);
      }),
    );
  });

  it('what is known from before counts where the same place is asked for again', () => {
    fc.assert(
      fc.property(around, around, (before, now) => {
        const joined = joinKnown(toKnown(before), toKnown(now));

        expect(new Set(joined.map(({ slug }) => slug)).size).toBe(joined.length);
        for (const one of toKnown(before)) expect(joined).toContainEqual(one);
        expect(findNews(joined, now, today).every(({ kind }) => kind === 'awake')).toBe(true);
      }),
    );
  });
});

describe('a subscription', () => {
  it('is told once a day at most', () => {
    expect(mayTellOn(null, today)).toBe(true);
    expect(mayTellOn('2026-11-21', today)).toBe(true);
    expect(mayTellOn(today, today)).toBe(false);
    // A clock that went back.
    expect(mayTellOn('2026-11-23', today)).toBe(false);
  });

  it('keeps no more of a place than its surroundings', () => {
    expect(placeKey({ lat: 36.15398, lng: -95.99277 })).toBe('36.15,-95.99');
    expect(placeKey({ lat: -0.001, lng: 0.001 })).toBe('0.00,0.00');
  });
});
