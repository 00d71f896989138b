// The match of a partner and a group (section 3 of the design): a score from 0 to 100 that is the exact sum of
// five parts, each with what it was given for. Finding the groups is left to directory/matches.ts, words to
// web/match-words.ts. Points are whole numbers, so that a sum is exact wherever it is added up again.
import { helpKinds } from './help-kinds.ts';
import type { Group, PartialDate, Partner } from './records.ts';
import { topics } from './topics.ts';
import { closeness, type Reading } from './vocabulary.ts';
import type { Gift, Level, LivenessState } from './words.ts';

/** Every weight of the score, and nowhere else. `/about` prints them. */
export const matchWeights = {
  /** In the same city; from there evenly down to 0 at `distanceReaches` times the partner's reach. */
  distance: 40,
  distanceReaches: 2,
  /** For the first topic, the second, and so on; what comes after the last adds nothing more. */
  sharedTopics: [10, 6, 4, 2, 1, 1, 1],
  /** For the first need that is met, the second and the third. */
  offersMeetNeeds: [8, 4, 3],
  /** A wider and a narrower word (housing and eviction), measured in whole ones. */
  related: 0.5,
  liveness: { live: 15, quiet: 5, 'no-signal': 0 },
  /** Each kind counts once. */
  knownTies: { most: 5, report: 3, collaboration: 3, convening: 2 },
} as const;

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

export const matchPartNames = [
  'distance',
  'shared-topics',
  'offers-meet-needs',
  'liveness',
  'known-ties',
] as const;
export type MatchPartName = (typeof matchPartNames)[number];

/** The most that each part can give; together 100. */
export const mostPoints: Readonly<Record<MatchPartName, number>> = {
  distance: matchWeights.distance,
  'shared-topics': sum(matchWeights.sharedTopics),
  'offers-meet-needs': sum(matchWeights.offersMeetNeeds),
  liveness: matchWeights.liveness.live,
  'known-ties': matchWeights.knownTies.most,
};

/** A word of the partner's and one of the group's that are the same thing, or a wider and a narrower one. */
export interface SharedWord {
  /** The list's own word where it knows it, else as written. */
  readonly partner: string;
  readonly group: string;
  readonly isSame: boolean;
}

/** What is known of a partner and a group having met before. */
export type Tie =
  | {
      readonly kind: 'report';
      readonly level: Level;
      readonly date: PartialDate;
      readonly gave: readonly Gift[];
    }
  | {
      readonly kind: 'collaboration';
      readonly slug: string;
      readonly title: string;
      readonly from: PartialDate;
      readonly to: PartialDate;
    }
  | {
      readonly kind: 'convening';
      readonly slug: string;
      readonly name: string;
      readonly start: PartialDate;
      readonly end: PartialDate | null;
    };

/** How much is known of two lists of words, so that "nothing shared" is not said where nothing is known. */
interface Known {
  readonly ofPartner: boolean;
  readonly ofGroup: boolean;
}

export type MatchPart = { readonly points: number } & (
  | { readonly name: 'distance'; readonly isSameCity: boolean; readonly distanceMiles: number }
  | {
      readonly name: 'shared-topics';
      readonly shared: readonly SharedWord[];
      readonly known: Known;
    }
  | {
      readonly name: 'offers-meet-needs';
      /** As written: "geocoded parcel data" meets "parcel data". */
      readonly met: readonly { readonly offer: string; readonly need: string }[];
      readonly known: Known;
    }
  | { readonly name: 'liveness'; readonly state: LivenessState }
  | { readonly name: 'known-ties'; readonly ties: readonly Tie[] }
);

export interface Match {
  readonly score: number;
  /** In the order of matchPartNames; their points add up to the score. */
  readonly parts: readonly MatchPart[];
}

export interface MatchFacts {
  readonly partner: Pick<Partner, 'city' | 'topics' | 'offers'>;
  readonly group: Pick<Group, 'city' | 'topics' | 'needs'>;
  readonly liveness: LivenessState;
  readonly distanceMiles: number;
  /** The partner's reach. */
  readonly reachMiles: number;
  readonly ties: readonly Tie[];
}

/**
 * The points for so many things: whole things after the list, a half of one half of its points, rounded down.
 * More never gives less.
 */
function pointsFor(amount: number, each: readonly number[]): number {
  const whole = Math.floor(amount);
  const rest = (amount - whole) * (each[whole] ?? 0);
  return sum(each.slice(0, whole)) + Math.floor(rest);
}

const worth = { same: 1, related: matchWeights.related, none: 0 } as const;

/** For each word the best that the other side has, added up. One more word on either side never lowers it. */
const covered = (ones: readonly Reading[], others: readonly Reading[]): number =>
  sum(ones.map((one) => Math.max(0, ...others.map((other) => worth[closeness(one, other)]))));

const inSameCity = ({ partner, group }: MatchFacts): boolean =>
  group.city !== null && group.city === partner.city;

const farthestMiles = ({ reachMiles }: MatchFacts): number =>
  reachMiles * matchWeights.distanceReaches;

function distancePart(facts: MatchFacts): MatchPart {
  const { distanceMiles } = facts;
  const isSameCity = inSameCity(facts);
  const left = isSameCity ? 1 : Math.max(0, 1 - distanceMiles / farthestMiles(facts));
  const points = Math.round(matchWeights.distance * left);
  return { name: 'distance', points, isSameCity, distanceMiles };
}

const wordOf = ({ term, written }: Reading): string => term?.label ?? written;

/** Same ones first, then those where at least one side has nothing closer. */
function sharedWords(ones: readonly Reading[], others: readonly Reading[]): readonly SharedWord[] {
  const pairs = ones.flatMap((one) =>
    others.map((other) => ({ one, other, how: closeness(one, other) })),
  );
  const same = new Set(pairs.flatMap(({ one, how }) => (how === 'same' ? one.key : [])));
  const toShared = ({ one, other, how }: (typeof pairs)[number]): SharedWord => ({
    partner: wordOf(one),
    group: wordOf(other),
    isSame: how === 'same',
  });
  const related = pairs.filter(
    ({ one, other, how }) => how === 'related' && !(same.has(one.key) && same.has(other.key)),
  );
  return [...pairs.filter(({ how }) => how === 'same'), ...related].map(toShared);
}

function topicsPart({ partner, group }: MatchFacts): MatchPart {
  const ones = topics.read(partner.topics);
  const others = topics.read(group.topics);
  // Seen from both sides, so that it does not matter which of them uses the narrower words.
  const amount = (covered(ones, others) + covered(others, ones)) / 2;
  return {
    name: 'shared-topics',
    points: pointsFor(amount, matchWeights.sharedTopics),
    shared: amount === 0 ? [] : sharedWords(ones, others),
    known: { ofPartner: ones.length > 0, ofGroup: others.length > 0 },
  };
}

function needsPart({ partner, group }: MatchFacts): MatchPart {
  const offers = helpKinds.read(partner.offers);
  const needs = helpKinds.read(group.needs);
  const met = needs.flatMap((need) => {
    const offer =
      offers.find((one) => closeness(one, need) === 'same') ??
      offers.find((one) => closeness(one, need) === 'related');
    return offer ? [{ offer: offer.written, need: need.written }] : [];
  });
  return {
    name: 'offers-meet-needs',
    points: pointsFor(covered(needs, offers), matchWeights.offersMeetNeeds),
    met,
    known: { ofPartner: offers.length > 0, ofGroup: needs.length > 0 },
  };
}

function tiesPart({ ties }: MatchFacts): MatchPart {
  const { most, ...each } = matchWeights.knownTies;
  const kinds = new Set(ties.map(({ kind }) => kind));
  const points = Math.min(most, sum([...kinds].map((kind) => each[kind])));
  return { name: 'known-ties', points, ties };
}

/**
 * The match of a partner and a group; null for a closed group, and for one of another city that is farther
 * than twice the reach: those are not listed.
 */
export function matchOf(facts: MatchFacts): Match | null {
  const { liveness } = facts;
  if (liveness === 'closed') return null;
  if (!inSameCity(facts) && facts.distanceMiles > farthestMiles(facts)) return null;
  const parts: readonly MatchPart[] = [
    distancePart(facts),
    topicsPart(facts),
    needsPart(facts),
    { name: 'liveness', points: matchWeights.liveness[liveness], state: liveness },
    tiesPart(facts),
  ];
  return { score: sum(parts.map(({ points }) => points)), parts };
}

/** What the order of matches looks at; name and slug are those of the side that is listed. */
export interface Ranked {
  readonly score: number;
  readonly distanceMiles: number;
  readonly name: string;
  readonly slug: string;
}

const compareText = (one: string, other: string): number =>
  one < other ? -1 : one > other ? 1 : 0;

/** "Ties by distance, then name, then slug." */
export const bestFirst = (one: Ranked, other: Ranked): number =>
  other.score - one.score ||
  one.distanceMiles - other.distanceMiles ||
  compareText(one.name, other.name) ||
  compareText(one.slug, other.slug);
