// Builds one immutable snapshot of the directory from its records: the read side's only source.
// The rules are applied here, once per revision and day; keeping it current is left to current-directory.ts.
import type { Day } from '../domain/dates.ts';
import type { RuleSettings } from '../domain/reach.ts';
import type { Collaboration, Convening, DirectoryRecords, Timestamp } from '../domain/records.ts';
import { type Flag, flags } from '../domain/words.ts';
import type { CityEntry, Directory, PartnerEntry } from './directory.ts';
import { type Draft, draftPartner, makeCity, type Surroundings } from './entries.ts';
import { flagsOver, keepFlags } from './flags-at.ts';
import { byCity, bySlug, type MadeGroups, makeGroups } from './made-groups.ts';
import { latestFirst, newestConveningFirst, newestWaveFirst } from './order.ts';
import { keepReports } from './report-book.ts';
import { inOneGo, type Steps } from './steps.ts';
import { keepWaves } from './wave-book.ts';

const none: readonly never[] = Object.freeze([]);

/** Cities made in one step: a few milliseconds. */
const citiesAtOnce = 500;

/** @throws Error naming the partner whose city is not there */
function joinCities(
  partners: readonly PartnerEntry[],
  cities: ReadonlyMap<string, CityEntry>,
): void {
  for (const partner of partners as Draft<PartnerEntry>[]) {
    const city = cities.get(partner.city);
    if (!city) throw new Error(`Partner ${partner.slug}: there is no city ${partner.city}.`);
    partner.cityEntry = city;
  }
}

/** What the next snapshot may take over from one. */
interface Workings {
  readonly made: MadeGroups;
  readonly collaborations: readonly Collaboration[];
  readonly convenings: readonly Convening[];
  readonly cityBySlug: ReadonlyMap<string, CityEntry>;
}

const workingsOf = new WeakMap<Directory, Workings>();

/**
 * A city without partners says nothing that a report changes: its entry is taken over where groups, collaborations and
 * convenings stand as they stood, with what was worked out of it meanwhile.
 */
function knownCities(
  before: Workings | undefined,
  records: DirectoryRecords,
  made: MadeGroups,
): (slug: string) => CityEntry | undefined {
  const stands =
    before !== undefined &&
    before.made === made &&
    before.collaborations === records.collaborations &&
    before.convenings === records.convenings;
  return (slug) => {
    const city = stands ? before.cityBySlug.get(slug) : undefined;
    return city?.partners.length === 0 ? city : undefined;
  };
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
  return inOneGo(buildInSteps(...given));
}

/**
 * The same in steps.
 * @param before the snapshot before this one: what its records did not change is taken over
 */
export function* buildInSteps(
  records: DirectoryRecords,
  settings: RuleSettings,
  today: Day,
  now: Timestamp,
  before?: Directory,
): Steps<Directory> {
  const known = before && workingsOf.get(before);
  const waves = records.waves.filter((wave) => wave.state !== 'draft').sort(newestWaveFirst);
  const collaborations = records.collaborations
    .filter((collaboration) => collaboration.state === 'published')
    .sort(latestFirst);
  const convenings = [...records.convenings].sort(newestConveningFirst);
  const reports = keepReports(records.reports, records.waves, settings.freshMonths, today);
  const answers = keepWaves(records, reports.in);
  yield;

  const made = yield* makeGroups(records, settings, today, known?.made);
  yield;
  const surroundings: Surroundings = { settings, today, reports, made };
  // Whole once joinCities has run; until then nobody reads a partner's city.
  const partners = made.partners.map((partner) =>
    draftPartner(partner, surroundings),
  ) as PartnerEntry[];
  yield;
  const there = {
    partners: byCity(partners),
    collaborations: byCity(collaborations),
    convenings: byCity(convenings),
  };
  yield;
  const cities: CityEntry[] = [];
  const knownCity = knownCities(known, records, made);
  for (const city of made.cities) {
    if (cities.length % citiesAtOnce === citiesAtOnce - 1) yield;
    const same = there.partners.has(city.slug) ? undefined : knownCity(city.slug);
    if (same) {
      cities.push(same);
      continue;
    }
    const contents = {
      partners: there.partners.get(city.slug) ?? none,
      groupsHere: made.byCity.get(city.slug) ?? none,
      collaborations: there.collaborations.get(city.slug) ?? none,
      convenings: there.convenings.get(city.slug) ?? none,
    };
    cities.push(makeCity(city, contents, surroundings));
  }
  const cityBySlug = bySlug(cities);
  yield;
  joinCities(partners, cityBySlug);
  const partnerCities = cities.filter((city) => city.isPartnerCity);

  const partnerBySlug = bySlug(partners);
  const collaborationBySlug = bySlug(collaborations);
  const conveningBySlug = bySlug(convenings);
  const waveBySlug = bySlug(waves);
  const directory: Directory = Object.freeze({
    revision: records.revision,
    madeAt: now,
    today,
    sampleData: records.sampleData,
    cities: Object.freeze(cities),
    partners: Object.freeze(partners),
    groups: made.groups,
    collaborations: Object.freeze(collaborations),
    convenings: Object.freeze(convenings),
    waves: Object.freeze(waves),
    flagCounts: countFlags(partnerCities),
    partnerCityCount: partnerCities.length,
    findCity: (slug: string) => cityBySlug.get(slug),
    findPartner: (slug: string) => partnerBySlug.get(slug),
    findGroup: made.find,
    findCollaboration: (slug: string) => collaborationBySlug.get(slug),
    findConvening: (slug: string) => conveningBySlug.get(slug),
    findWave: (slug: string) => waveBySlug.get(slug),
    reportsOf: reports.of,
    reportsIn: reports.in,
    reportsAbout: reports.about,
    ...answers,
    flagsAt: keepFlags(flagsOver(records, settings, { partners, groups: made.groups }), {
      day: today,
      flags: () => new Map(partnerCities.map(({ slug, flag }) => [slug, flag])),
    }),
    nearestGroups: made.index.nearest,
    countGroups: made.index.count,
    searchGroups: made.search,
  });
  workingsOf.set(directory, {
    made,
    collaborations: records.collaborations,
    convenings: records.convenings,
    cityBySlug,
  });
  return directory;
}
