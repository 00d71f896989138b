// What a list shows: one reading of the query and one meaning of each filter, for pages, map and API alike.
// Sorting and paging are left to those that print.
import { gapAge } from '../domain/gap-since.ts';
import type { City } from '../domain/records.ts';
import {
  type Flag,
  flags,
  type GapAge,
  type GroupKind,
  gapAges,
  groupKinds,
  type LivenessState,
  livenessStates,
  type PartnerStatus,
  partnerStatuses,
} from '../domain/words.ts';
import type { CityEntry, Directory, GroupEntry, PartnerEntry } from './directory.ts';
import {
  hasTopic,
  inState,
  passing,
  textKeeper,
  whenAny,
  whenGiven,
  wordsBegin,
} from './filter-tests.ts';
import {
  anyText,
  countryCode,
  oneOf,
  type Query,
  readQuery,
  slug,
  stateCode,
  type UnknownValue,
} from './query-values.ts';

/** In every filter an empty list and null mean that all fit. */
export interface CityFilter {
  readonly flag: readonly Flag[];
  readonly state: string | null;
  readonly country: string | null;
  readonly topic: string | null;
  readonly q: string | null;
  /** How long its gap has been open; a city without a gap fits none. */
  readonly since: GapAge | null;
  /** Whether cities without a partner are shown too; asking for the flag `no-partner` shows them anyway. */
  readonly includeNoPartner: boolean;
}

export interface GroupFilter {
  readonly kind: readonly GroupKind[];
  readonly state: string | null;
  readonly country: string | null;
  /** Slug. */
  readonly city: string | null;
  readonly liveness: readonly LivenessState[];
  readonly topic: string | null;
  readonly q: string | null;
}

export interface PartnerFilter {
  readonly status: PartnerStatus | null;
  readonly state: string | null;
  readonly flag: readonly Flag[];
  readonly topic: string | null;
  readonly q: string | null;
}

export interface Parsed<Filter> {
  readonly filter: Filter;
  /** Values that mean nothing and were dropped. */
  readonly unknown: readonly UnknownValue[];
}

const shows = ['partner', 'all'] as const;

/**
 * Reads `flag state country topic q since show`; never throws.
 * @param showByDefault what an absent `show` means: pages show partner cities, the API all
 */
export function parseCityFilter(
  query: Query,
  showByDefault: (typeof shows)[number] = 'partner',
): Parsed<CityFilter> {
  const read = readQuery(query);
  const filter = {
    flag: read.some('flag', flags),
    state: read.one('state', stateCode),
    country: read.one('country', countryCode),
    topic: read.one('topic', anyText),
    q: read.one('q', anyText),
    since: read.one('since', oneOf(gapAges)),
    includeNoPartner: (read.one('show', oneOf(shows)) ?? showByDefault) === 'all',
  };
  return { filter, unknown: read.unknown };
}

/** Reads `kind state country city liveness topic q`; never throws. */
export function parseGroupFilter(query: Query): Parsed<GroupFilter> {
  const read = readQuery(query);
  const filter = {
    kind: read.some('kind', groupKinds),
    state: read.one('state', stateCode),
    country: read.one('country', countryCode),
    city: read.one('city', slug),
    liveness: read.some('liveness', livenessStates),
    topic: read.one('topic', anyText),
    q: read.one('q', anyText),
  };
  return { filter, unknown: read.unknown };
}

/** Reads `status state flag topic q`; never throws. */
export function parsePartnerFilter(query: Query): Parsed<PartnerFilter> {
  const read = readQuery(query);
  const filter = {
    status: read.one('status', oneOf(partnerStatuses)),
    state: read.one('state', stateCode),
    flag: read.some('flag', flags),
    topic: read.one('topic', anyText),
    q: read.one('q', anyText),
  };
  return { filter, unknown: read.unknown };
}

const labelOf = (city: City | null): string => (city ? `${city.name} ${city.state}` : '');
const cityText = textKeeper((city: CityEntry) => [
  labelOf(city),
  ...city.partners.map((partner) => partner.name),
  ...city.groupsHere.map((group) => group.name),
]);
const groupText = textKeeper((group: GroupEntry) => [
  group.name,
  ...group.previousNames,
  labelOf(group.cityEntry),
  ...group.topics,
]);
const partnerText = textKeeper((partner: PartnerEntry) => [
  partner.name,
  partner.hostInstitution,
  labelOf(partner.cityEntry),
  partner.metro,
  ...partner.topics,
]);

/** The cities that fit, in the directory's order. A topic fits when a partner or a group of the city has it. */
export function filterCities(directory: Directory, filter: CityFilter): readonly CityEntry[] {
  const { state, country, topic, q, since } = filter;
  const showsAll = filter.includeNoPartner || filter.flag.includes('no-partner');
  return passing(directory.cities, [
    ...(showsAll ? [] : [(city: CityEntry) => city.isPartnerCity]),
    ...whenAny(filter.flag, (city: CityEntry) => city.flag),
    ...whenGiven(state, (code) => inState(code, country)),
    ...whenGiven(country, (code) => (city: CityEntry) => city.country === code),
    ...whenGiven(topic, (text) => {
      const fits = hasTopic(text);
      return (city: CityEntry) => city.partners.some(fits) || city.groupsHere.some(fits);
    }),
    ...whenGiven(q, (typed) => {
      const fits = wordsBegin(typed);
      return (city: CityEntry) => fits(cityText(city));
    }),
    ...whenGiven(
      since,
      (age) => (city: CityEntry) =>
        city.gapSince !== null && gapAge(city.gapSince, directory.today) === age,
    ),
  ]);
}

/** The groups that fit, closed ones too, in the directory's order. */
export function filterGroups(directory: Directory, filter: GroupFilter): readonly GroupEntry[] {
  const { state, country, city, topic, q } = filter;
  return passing(directory.groups, [
    ...whenAny(filter.kind, (group: GroupEntry) => group.kind),
    ...whenAny(filter.liveness, (group: GroupEntry) => group.liveness.state),
    ...whenGiven(state, (code) => inState(code, country)),
    ...whenGiven(country, (code) => (group: GroupEntry) => group.country === code),
    ...whenGiven(city, (wanted) => (group: GroupEntry) => group.city === wanted),
    ...whenGiven(topic, hasTopic),
    ...whenGiven(q, (typed) => {
      const fits = wordsBegin(typed);
      return (group: GroupEntry) => fits(groupText(group));
    }),
  ]);
}

/** The partners that fit, former ones too, in the directory's order. */
export function filterPartners(
  directory: Directory,
  filter: PartnerFilter,
): readonly PartnerEntry[] {
  const { status, state, topic, q } = filter;
  return passing(directory.partners, [
    ...whenGiven(status, (wanted) => (partner: PartnerEntry) => partner.status === wanted),
    ...whenAny(filter.flag, (partner: PartnerEntry) => partner.flag),
    ...whenGiven(state, (code) => {
      const fits = inState(code, null);
      return (partner: PartnerEntry) => fits(partner.cityEntry);
    }),
    ...whenGiven(topic, hasTopic),
    ...whenGiven(q, (typed) => {
      const fits = wordsBegin(typed);
      return (partner: PartnerEntry) => fits(partnerText(partner));
    }),
  ]);
}
