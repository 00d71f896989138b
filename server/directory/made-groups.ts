// What a snapshot makes of the groups and of what they stand among: entries, indexes, who has whom in reach.
// Most writes are reports and leave all of it alone: the next snapshot then takes it over as it is.
import type { Day } from '../domain/dates.ts';
import { effectiveReach, type RuleSettings } from '../domain/reach.ts';
import type { City, DirectoryRecords, Partner } from '../domain/records.ts';
import type { GroupEntry, GroupInReach } from './directory.ts';
import { type Draft, draftGroups } from './entries.ts';
import { searchOver } from './group-search.ts';
import { indexNearest, type NearestIndex } from './nearest.ts';
import { sortByName, sortCities } from './order.ts';
import type { Steps } from './steps.ts';

/** All that it is made from. The lists stay the same objects while no write touches them. */
type Origin = Pick<DirectoryRecords, 'groups' | 'checks' | 'cities' | 'partners'> & {
  readonly settings: RuleSettings;
  readonly today: Day;
};

export interface MadeGroups {
  readonly origin: Origin;
  /** In name order. */
  readonly groups: readonly GroupEntry[];
  /** By its slug, or by one that it had before. */
  readonly find: (slug: string) => GroupEntry | undefined;
  /** In name order within each city. */
  readonly byCity: ReadonlyMap<string, readonly GroupEntry[]>;
  /** Over the groups that are not closed. */
  readonly index: NearestIndex;
  /** Over the live groups alone. */
  readonly liveIndex: NearestIndex;
  readonly search: (words: string) => readonly GroupEntry[];
  /** The records in the order of the snapshot. */
  readonly cities: readonly City[];
  readonly partners: readonly Partner[];
  /** What each of the partners has in reach, nearest first. */
  readonly inReachOf: (partner: Partner) => readonly GroupInReach[];
}

const none: readonly never[] = Object.freeze([]);

/** Partners of one step; each may have hundreds of groups in reach. */
const partnersAtOnce = 16;

/** By the slugs of the records that were merged into them. */
function byOldSlug(groups: readonly GroupEntry[]): ReadonlyMap<string, GroupEntry> {
  const found = new Map<string, GroupEntry>();
  for (const group of groups) {
    for (const slug of group.previousSlugs) found.set(slug, group);
  }
  return found;
}

export function bySlug<Entry extends { readonly slug: string }>(
  entries: readonly Entry[],
): ReadonlyMap<string, Entry> {
  const found = new Map<string, Entry>();
  for (const entry of entries) found.set(entry.slug, entry);
  return found;
}

/** Keeps the order of the records within each city. */
export function byCity<Placed extends { readonly city: string | null }>(
  records: readonly Placed[],
): ReadonlyMap<string, readonly Placed[]> {
  const places = new Map<string, Placed[]>();
  for (const record of records) {
    if (record.city === null) continue;
    const there = places.get(record.city);
    if (there) there.push(record);
    else places.set(record.city, [record]);
  }
  return places;
}

/** Tells each group which partners (not former) have it in reach, nearest first. */
function joinPartnersInReach(
  partners: readonly Partner[],
  inReachOf: MadeGroups['inReachOf'],
): void {
  const reaching = new Map<GroupEntry, { partner: Partner; distanceMiles: number }[]>();
  for (const partner of partners) {
    if (partner.status === 'former') continue;
    for (const { group, distanceMiles } of inReachOf(partner)) {
      const known = reaching.get(group);
      if (known) known.push({ partner, distanceMiles });
      else reaching.set(group, [{ partner, distanceMiles }]);
    }
  }
  for (const [group, near] of reaching) {
    // The partners come in name order and the sort is stable: ties stay by name, then slug.
    near.sort((one, other) => one.distanceMiles - other.distanceMiles);
    (group as Draft<GroupEntry>).partnersInReach = Object.freeze(
      near.map(({ partner }) => partner.slug),
    );
  }
}

const isSame = (one: Origin, other: Origin): boolean =>
  one.groups === other.groups &&
  one.checks === other.checks &&
  one.cities === other.cities &&
  one.partners === other.partners &&
  one.settings.reachMiles === other.settings.reachMiles &&
  one.settings.freshMonths === other.settings.freshMonths &&
  one.today === other.today;

/** In steps of a few milliseconds each; the same object as `before` where nothing that it is made from has changed. */
export function* makeGroups(
  records: DirectoryRecords,
  settings: RuleSettings,
  today: Day,
  before: MadeGroups | undefined,
): Steps<MadeGroups> {
  const { groups: recorded, checks, cities, partners } = records;
  const origin: Origin = { groups: recorded, checks, cities, partners, settings, today };
  if (before && isSame(before.origin, origin)) return before;

  const citiesInOrder = yield* sortCities(cities);
  yield;
  const cityOf = bySlug(citiesInOrder);
  const groups: readonly GroupEntry[] = yield* draftGroups(recorded, checks, today, cityOf);
  yield;
  const open = groups.filter((group) => group.liveness.state !== 'closed');
  yield;
  const index = indexNearest(open);
  yield;
  const liveIndex = indexNearest(open.filter((group) => group.liveness.state === 'live'));
  yield;
  const partnersInOrder = sortByName(partners);
  const inReach = new Map<Partner, readonly GroupInReach[]>();
  for (const partner of partnersInOrder) {
    const withinMiles = effectiveReach(partner, settings);
    inReach.set(partner, Object.freeze(index.nearest(partner, { withinMiles })));
    if (inReach.size % partnersAtOnce === 0) yield;
  }
  const inReachOf = (partner: Partner) => inReach.get(partner) ?? none;
  joinPartnersInReach(partnersInOrder, inReachOf);
  yield;
  const placed = byCity(groups);
  yield;
  const named = bySlug(groups);
  yield;
  const formerlyNamed = byOldSlug(groups);
  return {
    origin,
    groups: Object.freeze(groups),
    find: (slug) => named.get(slug) ?? formerlyNamed.get(slug),
    byCity: placed,
    index,
    liveIndex,
    search: searchOver(groups),
    cities: citiesInOrder,
    partners: partnersInOrder,
    inReachOf,
  };
}
