// Builds one immutable snapshot of the directory from its records: the read side's only source.
// The rules are applied here, once per revision and day; keeping it current is left to current-directory.ts.
import type { Day } from '../domain/dates.ts';
import type { RuleSettings } from '../domain/reach.ts';
import type { DirectoryRecords, Timestamp } from '../domain/records.ts';
import { type Flag, flags } from '../domain/words.ts';
import type { CityEntry, Directory, GroupEntry, PartnerEntry } from './directory.ts';
import { type Draft, draftGroups, draftPartner, makeCity, type Surroundings } from './entries.ts';
import { flagsOver, keepFlags } from './flags-at.ts';
import { searchOver } from './group-search.ts';
import { indexNearest } from './nearest.ts';
import {
  latestFirst,
  newestConveningFirst,
  newestWaveFirst,
  sortByName,
  sortCities,
} from './order.ts';
import { keepReports } from './report-book.ts';
import { keepWaves } from './wave-book.ts';

const none: readonly never[] = Object.freeze([]);

/** Cities made in one step: a few milliseconds. */
const citiesAtOnce = 2_000;

const bySlug = <Entry extends { readonly slug: string }>(entries: readonly Entry[]) =>
  new Map(entries.map((entry) => [entry.slug, entry]));

/** Keeps the order of the records within each city. */
function byCity<Placed extends { readonly city: string | null }>(records: readonly Placed[]) {
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
function joinPartnersInReach(partners: readonly PartnerEntry[]): void {
  const reaching = new Map<GroupEntry, { partner: PartnerEntry; distanceMiles: number }[]>();
  for (const partner of partners) {
    if (partner.status === 'former') continue;
    for (const { group, distanceMiles } of partner.groupsInReach) {
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

/** @throws Error naming the partner whose city is not there */
function joinCities(
  partners: readonly PartnerEntry[],
  groups: readonly GroupEntry[],
  cities: ReadonlyMap<string, CityEntry>,
): void {
  for (const partner of partners as Draft<PartnerEntry>[]) {
    const city = cities.get(partner.city);
    if (!city) throw new Error(`Partner ${partner.slug}: there is no city ${partner.city}.`);
    partner.cityEntry = city;
  }
  for (const group of groups as Draft<GroupEntry>[]) {
    if (group.city !== null) group.cityEntry = cities.get(group.city) ?? null;
  }
}

function countFlags(partnerCities: readonly CityEntry[]): Readonly<Record<Flag, number>> {
  const counts = Object.fromEntries(flags.map((flag) => [flag, 0])) as Record<Flag, number>;
  for (const city of partnerCities) counts[city.flag] += 1;
  return Object.freeze(counts);
}

/**
 * One snapshot of the directory as of `today`. Nobody changes it: its lists are frozen, its entries
 * are readonly by type (freezing a hundred thousand of them would take longer than all the rest).
 * @param records as the store holds them; left unchanged
 * @throws Error naming the partner whose city is not among the records
 */
export function buildDirectory(...given: Parameters<typeof buildInSteps>): Directory {
  const steps = buildInSteps(...given);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in steps of a few milliseconds each, so that whoever has others to answer can do so in between. */
export function* buildInSteps(
  records: DirectoryRecords,
  settings: RuleSettings,
  today: Day,
  now: Timestamp,
): Generator<undefined, Directory, undefined> {
  const waves = records.waves.filter((wave) => wave.state !== 'draft').sort(newestWaveFirst);
  const collaborations = records.collaborations
    .filter((collaboration) => collaboration.state === 'published')
    .sort(latestFirst);
  const convenings = [...records.convenings].sort(newestConveningFirst);
  const reports = keepReports(records.reports, records.waves, settings.freshMonths, today);
  const answers = keepWaves(records, reports.in);
  yield;

  const groups: readonly GroupEntry[] = yield* draftGroups(records.groups, records.checks, today);
  const open = groups.filter((group) => group.liveness.state !== 'closed');
  yield;
  const index = indexNearest(open);
  yield;
  const surroundings: Surroundings = {
    settings,
    today,
    reports,
    nearest: index.nearest,
    nearestLive: indexNearest(open.filter((group) => group.liveness.state === 'live')).nearest,
  };
  yield;
  // Whole once joinCities has run; until then nobody reads a partner's city.
  const partners = sortByName(records.partners).map((partner) =>
    draftPartner(partner, surroundings),
  ) as PartnerEntry[];
  joinPartnersInReach(partners);
  yield;
  const there = {
    partners: byCity(partners),
    groupsHere: byCity(groups),
    collaborations: byCity(collaborations),
    convenings: byCity(convenings),
  };
  yield;
  const cities: CityEntry[] = [];
  for (const city of sortCities(records.cities)) {
    if (cities.length % citiesAtOnce === citiesAtOnce - 1) yield;
    const contents = {
      partners: there.partners.get(city.slug) ?? none,
      groupsHere: there.groupsHere.get(city.slug) ?? none,
      collaborations: there.collaborations.get(city.slug) ?? none,
      convenings: there.convenings.get(city.slug) ?? none,
    };
    cities.push(makeCity(city, contents, surroundings));
  }
  const cityBySlug = bySlug(cities);
  yield;
  joinCities(partners, groups, cityBySlug);
  yield;
  const partnerCities = cities.filter((city) => city.isPartnerCity);

  const partnerBySlug = bySlug(partners);
  const groupBySlug = bySlug(groups);
  yield;
  const collaborationBySlug = bySlug(collaborations);
  const conveningBySlug = bySlug(convenings);
  const waveBySlug = bySlug(waves);
  return Object.freeze({
    revision: records.revision,
    madeAt: now,
    today,
    sampleData: records.sampleData,
    cities: Object.freeze(cities),
    partners: Object.freeze(partners),
    groups: Object.freeze(groups),
    collaborations: Object.freeze(collaborations),
    convenings: Object.freeze(convenings),
    waves: Object.freeze(waves),
    flagCounts: countFlags(partnerCities),
    partnerCityCount: partnerCities.length,
    findCity: (slug: string) => cityBySlug.get(slug),
    findPartner: (slug: string) => partnerBySlug.get(slug),
    findGroup: (slug: string) => groupBySlug.get(slug),
    findCollaboration: (slug: string) => collaborationBySlug.get(slug),
    findConvening: (slug: string) => conveningBySlug.get(slug),
    findWave: (slug: string) => waveBySlug.get(slug),
    reportsOf: reports.of,
    reportsIn: reports.in,
    reportsAbout: reports.about,
    ...answers,
    flagsAt: keepFlags(flagsOver(records, settings, { partners, groups }), {
      day: today,
      flags: () => new Map(partnerCities.map(({ slug, flag }) => [slug, flag])),
    }),
    nearestGroups: index.nearest,
    countGroups: index.count,
    searchGroups: searchOver(groups),
  });
}
