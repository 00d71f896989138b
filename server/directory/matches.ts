// Which groups fit a partner and which partners fit a group, best first, over one snapshot. The rule is
// domain/match.ts. Candidates come from the spatial index; the ranking of a partner is kept with the snapshot as
// bare scores, and the reasons of the few that are shown are worked out again.
import { distanceMiles } from '../domain/distance.ts';
import { bestFirst, type Match, matchOf, matchWeights } from '../domain/match.ts';
import { isInReach } from '../domain/reach.ts';
import type { CityEntry, Directory, GroupEntry, PartnerEntry } from './directory.ts';
import { tiesOf } from './known-ties.ts';
import { perDirectory } from './per-directory.ts';

export interface MatchEntry extends Match {
  readonly partner: PartnerEntry;
  readonly group: GroupEntry;
  /** Great-circle distance, miles, not rounded. */
  readonly distanceMiles: number;
  /** Within the partner's reach; else within twice of it, or farther in the same city. */
  readonly isInReach: boolean;
}

export interface Matches {
  readonly items: readonly MatchEntry[];
  /** How many there are without the limit. */
  readonly total: number;
}

export interface MatchQuery {
  /** At most this many; absent means all. */
  readonly limit?: number;
  /** True leaves out what is beyond the partner's reach. */
  readonly inReach?: boolean;
}

/** A match without its reasons: thousands of them are kept. */
interface RankedPair {
  readonly partner: PartnerEntry;
  readonly group: GroupEntry;
  readonly distanceMiles: number;
  readonly score: number;
}

const isActive = ({ status }: PartnerEntry): boolean => status !== 'former';

const matchAt = (
  directory: Directory,
  partner: PartnerEntry,
  group: GroupEntry,
  miles: number,
): Match | null =>
  matchOf({
    partner,
    group,
    liveness: group.liveness.state,
    distanceMiles: miles,
    reachMiles: partner.effectiveReachMiles,
    ties: tiesOf(directory, partner.slug).get(group.slug) ?? [],
  });

function rank(
  directory: Directory,
  partner: PartnerEntry,
  group: GroupEntry,
  miles = distanceMiles(partner, group),
): RankedPair | null {
  const match = matchAt(directory, partner, group, miles);
  return match && { partner, group, distanceMiles: miles, score: match.score };
}

type Side = 'partner' | 'group';

/** Ties by the name and slug of the side that is listed, then by those of the other. */
const sortPairs = (pairs: readonly RankedPair[], listed: Side): readonly RankedPair[] => {
  const other = listed === 'group' ? 'partner' : 'group';
  const key = (pair: RankedPair, side: Side) => ({
    score: pair.score,
    distanceMiles: pair.distanceMiles,
    name: pair[side].name,
    slug: pair[side].slug,
  });
  return [...pairs].sort(
    (a, b) => bestFirst(key(a, listed), key(b, listed)) || bestFirst(key(a, other), key(b, other)),
  );
};

function explain(directory: Directory, pair: RankedPair): MatchEntry[] {
  const { partner, group, distanceMiles: miles } = pair;
  const match = matchAt(directory, partner, group, miles);
  const near = isInReach(miles, partner.effectiveReachMiles);
  return match ? [{ ...match, partner, group, distanceMiles: miles, isInReach: near }] : [];
}

const wanted = (pairs: readonly RankedPair[], { inReach = false }: MatchQuery) =>
  inReach
    ? pairs.filter((pair) => isInReach(pair.distanceMiles, pair.partner.effectiveReachMiles))
    : pairs;

function take(directory: Directory, pairs: readonly RankedPair[], query: MatchQuery): Matches {
  const selected = wanted(pairs, query);
  const { limit = selected.length } = query;
  return {
    items: selected.slice(0, limit).flatMap((pair) => explain(directory, pair)),
    total: selected.length,
  };
}

/** A group of the same city counts however far the partner reaches. */
function rankGroups(directory: Directory, partner: PartnerEntry): readonly RankedPair[] {
  const withinMiles = partner.effectiveReachMiles * matchWeights.distanceReaches;
  const near = directory.nearestGroups(partner, { withinMiles });
  const found = new Set(near.map(({ group }) => group));
  const others = partner.cityEntry.groupsHere.filter((group) => !found.has(group));
  const pairs = [
    ...near.map(({ group, distanceMiles: miles }) => rank(directory, partner, group, miles)),
    ...others.map((group) => rank(directory, partner, group)),
  ].filter((pair) => pair !== null);
  return sortPairs(pairs, 'group');
}

const kept = perDirectory(() => new Map<string, readonly RankedPair[]>());

function rankedGroups(directory: Directory, partner: PartnerEntry): readonly RankedPair[] {
  if (!isActive(partner)) return [];
  const known = kept(directory);
  const pairs = known.get(partner.slug) ?? rankGroups(directory, partner);
  known.set(partner.slug, pairs);
  return pairs;
}

// A degree of latitude is 69.1 miles everywhere: a sure and cheap no for most partners.
const milesPerDegree = 68;

function rankedPartners(directory: Directory, group: GroupEntry): readonly RankedPair[] {
  const pairs = directory.partners.flatMap((partner) => {
    if (!isActive(partner)) return [];
    const farthest = partner.effectiveReachMiles * matchWeights.distanceReaches;
    const isFar = Math.abs(partner.lat - group.lat) * milesPerDegree > farthest;
    if (isFar && partner.city !== group.city) return [];
    return rank(directory, partner, group) ?? [];
  });
  return sortPairs(pairs, 'partner');
}

/** The groups that fit a partner, best first; none for a former partner. */
export const matchesOfPartner = (
  directory: Directory,
  partner: PartnerEntry,
  query: MatchQuery = {},
): Matches => take(directory, rankedGroups(directory, partner), query);

/** The partners (not former) that a group fits, best first; none for a closed group. */
export const matchesOfGroup = (
  directory: Directory,
  group: GroupEntry,
  query: MatchQuery = {},
): Matches => take(directory, rankedPartners(directory, group), query);

/**
 * Each group that fits a partner of the city, once, with the partner that it fits best. In a city without a partner:
 * its own groups, each with the partners around.
 */
export function matchesOfCity(
  directory: Directory,
  city: CityEntry,
  query: MatchQuery = {},
): Matches {
  if (!city.isPartnerCity) {
    const pairs = city.groupsHere.flatMap((group) => rankedPartners(directory, group));
    return take(directory, sortPairs(pairs, 'group'), query);
  }
  const all = city.partners.flatMap((partner) => wanted(rankedGroups(directory, partner), query));
  const best = new Map<GroupEntry, RankedPair>();
  for (const pair of sortPairs(all, 'group')) {
    if (!best.has(pair.group)) best.set(pair.group, pair);
  }
  return take(directory, [...best.values()], query);
}

/** The match of one partner and one group; null where they are not matched. */
export function findMatch(
  directory: Directory,
  partner: PartnerEntry,
  group: GroupEntry,
): MatchEntry | null {
  if (!isActive(partner)) return null;
  const pair = rank(directory, partner, group);
  return pair && (explain(directory, pair)[0] ?? null);
}
