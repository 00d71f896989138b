// Makes the entries of groups, partners and cities from their records, and joins them.
// Groups come first (made-groups.ts), then partners are drafted, then cities, which partners are told at last.
import type { Day } from '../domain/dates.ts';
import { flagOf, isGap } from '../domain/flag.ts';
import { gapSince } from '../domain/gap-since.ts';
import { livenessOf } from '../domain/liveness.ts';
import { effectiveReach, type RuleSettings } from '../domain/reach.ts';
import type { City, Group, GroupCheck, Partner, Point } from '../domain/records.ts';
import { strongestLevel } from '../domain/reports.ts';
import { lastCheckedOn } from '../domain/signs.ts';
import type { CityEntry, GroupEntry, GroupInReach, PartnerEntry } from './directory.ts';
import type { MadeGroups } from './made-groups.ts';
import { nearestFirst, sortByNameInSteps } from './order.ts';
import { lastKnownTie, type ReportBook } from './report-book.ts';
import type { Steps } from './steps.ts';

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

/** Groups made in one step: a few milliseconds. */
const groupsAtOnce = 1_000;

const ordered = new WeakMap<readonly Group[], readonly Group[]>();

/** The order is that of the reading: on a new day, or when only checks came in, they are not sorted again. */
function* sortedByName(groups: readonly Group[]): Steps<readonly Group[]> {
  const known = ordered.get(groups) ?? (yield* sortByNameInSteps(groups));
  ordered.set(groups, known);
  return known;
}

/**
 * Groups in name order, each with its liveness and city; the partners in reach come later.
 * The record is spread last: the other way round takes V8 seven times as long.
 */
export function* draftGroups(
  groups: readonly Group[],
  checks: readonly GroupCheck[],
  today: Day,
  cityOf: ReadonlyMap<string, City>,
): Steps<Draft<GroupEntry>[]> {
  const byGroup = new Map<string, GroupCheck[]>();
  for (const check of checks) {
    const those = byGroup.get(check.group);
    if (those) those.push(check);
    else byGroup.set(check.group, [check]);
  }
  const drafts: Draft<GroupEntry>[] = [];
  yield;
  for (const group of yield* sortedByName(groups)) {
    if (drafts.length % groupsAtOnce === groupsAtOnce - 1) yield;
    const own = byGroup.get(group.slug) ?? empty;
    drafts.push({
      liveness: livenessOf(group, today),
      checks: own,
      checkedOn: lastCheckedOn(own),
      asOf: today,
      cityEntry: group.city === null ? null : (cityOf.get(group.city) ?? null),
      partnersInReach: empty,
      ...group,
    });
  }
  return drafts;
}

export interface Surroundings {
  readonly settings: RuleSettings;
  readonly today: Day;
  readonly reports: ReportBook;
  readonly made: MadeGroups;
}

/** A partner before it is told its city. */
export type DraftPartner = Omit<Draft<PartnerEntry>, 'cityEntry'>;

/** A partner with its level, groups in reach and flag. */
export function draftPartner(
  partner: Partner,
  { settings, reports, made }: Surroundings,
): DraftPartner {
  const own = reports.of(partner.slug);
  const level = reports.levelOf(partner.slug);
  const effectiveReachMiles = effectiveReach(partner, settings);
  const groupsInReach = made.inReachOf(partner);
  return {
    effectiveReachMiles,
    flag:
      partner.status === 'former' ? null : flagOf({ level, inReach: livenessIn(groupsInReach) }),
    level,
    lastReport: own[0] ?? null,
    lastKnown: level === null ? lastKnownTie(own) : null,
    groupsInReach,
    ...partner,
  };
}

const livenessIn = (groups: readonly GroupInReach[]) =>
  groups.map(({ group }) => group.liveness.state);

/** The groups in reach of any of the partners, each at its least distance, nearest first. */
function inReachOfAny(partners: readonly DraftPartner[]) {
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

/** The nearest live group to any of the points, else the nearest one not closed, else null. */
function findNearest(
  points: readonly Point[],
  { index: open, liveIndex }: MadeGroups,
): GroupInReach | null {
  for (const index of [liveIndex, open]) {
    const [first] = points
      .flatMap((point) => index.nearest(point, { withinMiles: Number.POSITIVE_INFINITY, limit: 1 }))
      .sort(nearestFirst);
    if (first) return first;
  }
  return null;
}

/** Of the groups in reach of a city, those that are named where all of them are not wanted. */
const mostNearby = 25;

/**
 * A city with its flag. "A city is a partner city while it has a partner that is not former";
 * it takes the strongest level among them. What is in reach is worked out when first asked for.
 */
export function makeCity(
  city: City,
  contents: CityContents,
  surroundings: Surroundings,
): CityEntry {
  const { settings, reports, made, today } = surroundings;
  const active = contents.partners.filter((partner) => partner.status !== 'former');
  const isPartnerCity = active.length > 0;
  const level = strongestLevel(active.flatMap((partner) => partner.level ?? []));
  const withinMiles = settings.reachMiles;
  const inReach = once(() =>
    isPartnerCity ? inReachOfAny(active) : Object.freeze(made.index.nearest(city, { withinMiles })),
  );
  const countInReach = once(() =>
    isPartnerCity ? inReach().length : made.index.count(city, withinMiles),
  );
  const nearestInReach = once(() =>
    isPartnerCity
      ? inReach().slice(0, mostNearby)
      : made.index.nearest(city, { withinMiles, limit: mostNearby }),
  );
  const nearestGroup = once(() => findNearest(isPartnerCity ? active : [city], made));
  const flag = isPartnerCity ? flagOf({ level, inReach: livenessIn(inReach()) }) : 'no-partner';
  const since = once(() =>
    isGap(flag)
      ? gapSince(
          active.map(({ slug, createdAt }) => ({
            reports: reports.of(slug),
            wavesThatAsked: reports.wavesThatAsked(slug),
            knownSince: createdAt.slice(0, 10),
          })),
          settings.freshMonths,
          today,
        )
      : null,
  );
  const past = () => contents.partners.flatMap(({ slug }) => reports.of(slug));
  return {
    slug: city.slug,
    name: city.name,
    state: city.state,
    country: city.country,
    lat: city.lat,
    lng: city.lng,
    flag,
    isGap: isGap(flag),
    isPartnerCity,
    level,
    lastKnown: level === null ? lastKnownTie(past()) : null,
    partners: contents.partners,
    groupsHere: contents.groupsHere,
    get gapSince() {
      return since();
    },
    get groupsInReach() {
      return inReach();
    },
    get countInReach() {
      return countInReach();
    },
    get nearestInReach() {
      return nearestInReach();
    },
    get nearestGroup() {
      return nearestGroup();
    },
    collaborations: contents.collaborations,
    convenings: contents.convenings,
  };
}
