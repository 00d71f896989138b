// Which groups somebody who left an address for a place is told of: those that start, and those that wake up.
// It is decided by comparing what is near the place now with what was known when they were last told, because a
// dated sign may come to be known long after its date. No clock: today is an argument.
import { addDays, type Day } from './dates.ts';
import type { LivenessState } from './words.ts';

/** An address that is not confirmed by then is erased. */
export const unconfirmedDays = 7;
/** Places that one address may be told of. */
export const mostPlaces = 10;
/** Places for which one address may be waiting to be confirmed at a time. */
export const mostUnconfirmed = 5;
/** Groups that one mail names; the rest are counted. */
export const mostNamed = 10;
/** Nobody is told of the same group again within so many days, however often it falls asleep and wakes up. */
export const quietDays = 90;

export const subscriptionStates = ['asked', 'confirmed'] as const;
export type SubscriptionState = (typeof subscriptionStates)[number];

/** `new` was not near the place before; `awake` was known, and is live now. */
export const newsKinds = ['new', 'awake'] as const;
export type NewsKind = (typeof newsKinds)[number];

/** A group within the distance as it is now. */
export interface NearGroup {
  readonly slug: string;
  readonly state: LivenessState;
}

/** A group as it was when it was last looked at. */
export interface KnownGroup {
  readonly slug: string;
  readonly isLive: boolean;
  /** The day on which it was told of; null where that was never, or too long ago to matter. */
  readonly told: Day | null;
}

export interface GroupNews {
  readonly slug: string;
  readonly kind: NewsKind;
}

/** What somebody is taken to know who has just asked: all that is there, so that only what comes is news. */
export const toKnown = (near: readonly NearGroup[]): KnownGroup[] =>
  near.map(({ slug, state }) => ({ slug, isLive: state === 'live', told: null }));

const isRecent = (told: Day | null, today: Day): told is Day =>
  told !== null && addDays(told, quietDays) > today;

/**
 * What there is to tell, in the order of `near`. A group that is not known starts, unless it comes in asleep: then
 * it is told of when it wakes up. A known one is told of when it turns live.
 */
export function findNews(
  known: readonly KnownGroup[],
  near: readonly NearGroup[],
  today: Day,
): GroupNews[] {
  const before = new Map(known.map((group) => [group.slug, group]));
  return near.flatMap(({ slug, state }): GroupNews[] => {
    const then = before.get(slug);
    if (!then) return state === 'live' || state === 'no-signal' ? [{ slug, kind: 'new' }] : [];
    const wokeUp = state === 'live' && !then.isLive && !isRecent(then.told, today);
    return wokeUp ? [{ slug, kind: 'awake' }] : [];
  });
}

/** What is known once the news was told. Groups that went away stay known: coming back is no start. */
export function knownAfter(
  known: readonly KnownGroup[],
  near: readonly NearGroup[],
  news: readonly GroupNews[],
  today: Day,
): KnownGroup[] {
  const told = new Set(news.map(({ slug }) => slug));
  const after = new Map(
    known.map((group) => [
      group.slug,
      { ...group, told: isRecent(group.told, today) ? group.told : null },
    ]),
  );
  for (const { slug, state } of near) {
    const earlier = after.get(slug)?.told ?? null;
    after.set(slug, { slug, isLive: state === 'live', told: told.has(slug) ? today : earlier });
  }
  return [...after.values()];
}

/** What is known when the same place is asked for again, perhaps farther around: nothing of it is news. */
export const joinKnown = (
  known: readonly KnownGroup[],
  fresh: readonly KnownGroup[],
): KnownGroup[] => [...new Map([...fresh, ...known].map((group) => [group.slug, group])).values()];

/** At most one mail a day for each place. */
export const mayTellOn = (lastMailOn: Day | null, today: Day): boolean =>
  lastMailOn === null || lastMailOn < today;

/** Places nearer to each other than about a kilometre are one; no more of a location is kept. */
export const roundedDegrees = (degrees: number): number => {
  const rounded = Math.round(degrees * 100) / 100;
  return rounded === 0 ? 0 : rounded;
};

/** Says which place is meant. */
export const placeKey = (point: { readonly lat: number; readonly lng: number }): string =>
  `${roundedDegrees(point.lat).toFixed(2)},${roundedDegrees(point.lng).toFixed(2)}`;
