// Makes the entries of groups, partners and cities from their records, and joins them.
// They refer to each other, so they are filled in steps and frozen when whole.
import type { Day } from '../domain/dates.ts';
import { flagOf, isGap } from '../domain/flag.ts';
import { livenessOf } from '../domain/liveness.ts';
import { effectiveReach, type RuleSettings } from '../domain/reach.ts';
import type { City, Group, Partner } from '../domain/records.ts';
import { strongestLevel } from '../domain/reports.ts';
import type { CityEntry, GroupEntry, GroupInReach, PartnerEntry } from './directory.ts';
import type { NearestIndex } from './nearest.ts';
import { nearestFirst, sortByName } from './order.ts';
import { lastKnownTie, type ReportBook } from './report-book.ts';

/** An entry while it is being filled. */
export type Draft<Entry> = { -readonly [Field in keyof Entry]: Entry[Field] };

const empty: readonly never[] = Object.freeze([]);

/** Calculates at the first reading and keeps the answer: few of the many cities are ever looked at. */
function once<Value>(calculate: () => Value): () => Value {
  let kept: { value: Value } | undefined;
  return () => {
    kept ??= { value: calculate() };
    return kept.value;
  };
}

/** Groups in name order, each with its liveness; the city and the partners in reach come later. */
export const draftGroups = (groups: readonly Group[], today: Day): Draft<GroupEntry>[] =>
  sortByName(groups).map((group) => ({
    ...group,
    liveness: livenessOf(group, today),
    cityEntry: null,
    partnersInReach: empty,
  }));

export interface Surroundings {
  readonly settings: RuleSettings;
  readonly reports: ReportBook;
  /** Over the groups that are not closed. */
  readonly nearest: NearestIndex;
  /** Over the live groups alone. */
  readonly nearestLive: NearestIndex;
}

/** A partner with everything but its city: level, groups in reach, flag. */
export function draftPartner(
  partner: Partner,
  { settings, reports, nearest }: Surroundings,
): Omit<Draft<PartnerEntry>, 'cityEntry'> {
  const own = reports.of(partner.slug);
  const level = reports.levelOf(partner.slug);
  const effectiveReachMiles = effectiveReach(partner, settings);
  const groupsInReach = Object.freeze(nearest(partner, { withinMiles: effectiveReachMiles }));
  return {
    ...partner,
    effectiveReachMiles,
    flag:
      partner.status === 'former' ? null : flagOf({ level, inReach: livenessIn(groupsInReach) }),
    level,
    lastReport: own[0] ?? null,
    lastKnown: level === null ? lastKnownTie(own) : null,
    groupsInReach,
  };
}

const livenessIn = (groups: readonly GroupInReach[]) =>
  groups.map(({ group }) => group.liveness.state);

/** The groups in reach of any of the partners, each at its least distance, nearest first. */
function inReachOfAny(partners: readonly Pick<PartnerEntry, 'groupsInReach'>[]) {
  const [only] = partners;
  if (only && partners.length === 1) return only.groupsInReach;
  const nearest = new Map<GroupEntry, GroupInReach>();
  for (const near of partners.flatMap((partner) => partner.groupsInReach)) {
    const known = nearest.get(near.group);
    if (!known || near.distanceMiles < known.distanceMiles) nearest.set(near.group, near);
  }
  return Object.freeze([...nearest.values()].sort(nearestFirst));
}

/** What stands in a city. */
export interface CityContents {
  /** In name order. */
  readonly partners: readonly PartnerEntry[];
  /** In name order. */
  readonly groupsHere: readonly GroupEntry[];
  readonly collaborations: CityEntry['collaborations'];
  readonly convenings: CityEntry['convenings'];
}

/**
 * Fills a city's entry in place, since its partners and groups already point to it.
 * "A city is a partner city while it has a partner that is not former"; it takes the strongest level among them.
 */
export function fillCity(
  city: City,
  contents: CityContents,
  { settings, reports, nearest, nearestLive }: Surroundings,
): void {
  const { partners } = contents;
  const active = partners.filter((partner) => partner.status !== 'former');
  const isPartnerCity = active.length > 0;
  const level = strongestLevel(active.flatMap((partner) => partner.level ?? []));
  const groupsInReach = isPartnerCity
    ? inReachOfAny(active)
    : once(() => Object.freeze(nearest(city, { withinMiles: settings.reachMiles })));
  const inReach = () => (typeof groupsInReach === 'function' ? groupsInReach() : groupsInReach);
  const flag = isPartnerCity ? flagOf({ level, inReach: livenessIn(inReach()) }) : 'no-partner';
  const measuredFrom = isPartnerCity ? active : [city];
  const nearestGroup = once(() => {
    for (const index of [nearestLive, nearest]) {
      const [first] = measuredFrom
        .flatMap((point) => index(point, { withinMiles: Infinity, limit: 1 }))
        .sort(nearestFirst);
      if (first) return first;
    }
    return null;
  });

  Object.assign(city, contents, {
    flag,
    isGap: isGap(flag),
    isPartnerCity,
    level,
    lastKnown:
      level === null ? lastKnownTie(partners.flatMap(({ slug }) => reports.of(slug))) : null,
  });
  Object.defineProperties(city, {
    groupsInReach: { enumerable: true, get: inReach },
    nearestGroup: { enumerable: true, get: nearestGroup },
  });
  Object.freeze(city);
}
