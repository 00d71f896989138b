// Whole domain records from the few facts that a test is about: `aGroup({ city: 'tulsa-ok' })`.
// Everything else gets a plain value; slugs follow from names, so that two records of one name need one of their own.
import type {
  City,
  Collaboration,
  Convening,
  DirectoryRecords,
  FrozenWave,
  Group,
  Partner,
  Point,
  Report,
  ReportVerdict,
  Source,
  Wave,
} from '../../server/domain/records.ts';

const then = '2026-01-01T00:00:00.000Z';
const tulsa: Point = { lat: 36.154, lng: -95.993 };
let count = 0;

const aSource = (over: Partial<Source> = {}): Source => ({
  note: 'made for a test',
  url: null,
  date: null,
  verified: true,
  ...over,
});

const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** `new-haven-ct` read as New Haven, CT; a slug without a two-letter end is a place outside the United States. */
function placeOf(slug: string): { name: string; state: string; country: string } {
  const words = slug.split('-');
  const end = words.at(-1) ?? '';
  const isAmerican = end.length === 2;
  const name = (isAmerican || words.length > 1 ? words.slice(0, -1) : words)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
  return {
    name,
    state: isAmerican ? end.toUpperCase() : '',
    country: isAmerican ? 'US' : 'CA',
  };
}

/** Tulsa, OK unless said otherwise; a given slug names the city, a given name and state make the slug. */
export function aCity(over: Partial<City> = {}): City {
  const fromSlug = placeOf(over.slug ?? 'tulsa-ok');
  const name = over.name ?? fromSlug.name;
  const state = over.state ?? (over.country && over.country !== 'US' ? '' : fromSlug.state);
  const country = over.country ?? fromSlug.country;
  return {
    slug: slugOf(`${name} ${state || country}`),
    ...tulsa,
    ...over,
    name,
    state,
    country,
  };
}

/** A current partner in Tulsa. */
export function aPartner(over: Partial<Partner> = {}): Partner {
  const name = over.name ?? 'Tulsa Data Center';
  return {
    slug: slugOf(name),
    name,
    hostInstitution: 'independent nonprofit',
    city: 'tulsa-ok',
    metro: '',
    ...tulsa,
    reachMiles: null,
    website: 'https://partner.example/',
    topics: [],
    offers: [],
    status: 'current',
    since: null,
    contacts: [],
    source: aSource(),
    createdAt: then,
    updatedAt: then,
    ...over,
  };
}

/** A brigade in Tulsa of which no sign of life is known. State and country follow from the city's slug. */
export function aGroup(over: Partial<Group> = {}): Group {
  const name = over.name ?? 'Code for Tulsa';
  const city = over.city === undefined ? 'tulsa-ok' : over.city;
  const { state, country } = placeOf(city ?? 'tulsa-ok');
  return {
    slug: slugOf(name),
    name,
    kind: 'brigade',
    city,
    state,
    country,
    ...tulsa,
    website: 'https://group.example/',
    eventsUrl: null,
    codeUrl: null,
    feedUrl: null,
    topics: [],
    needs: [],
    previousNames: [],
    previousSlugs: [],
    tags: [],
    founded: null,
    listing: null,
    signs: [],
    closed: null,
    contacts: [],
    source: aSource(),
    updatedAt: then,
    ...over,
  };
}

/** A report between waves of some contact, filed by the default partner. */
export function aReport(over: Partial<Report> = {}): Report {
  count += 1;
  const date = over.date ?? '2026-01-15';
  return {
    id: count.toString(16).padStart(24, '0'),
    partner: 'tulsa-data-center',
    level: 'some',
    date,
    groups: [],
    wave: null,
    origin: over.wave ? 'answer' : over.collaboration ? 'collaboration' : 'between-waves',
    collaboration: null,
    gave: [],
    barriers: [],
    wantsTies: null,
    publicNote: '',
    internalNote: '',
    by: null,
    createdAt: then,
    ...over,
  };
}

/** A confirmation by the default group; name the report it is about. */
export function aVerdict(over: Partial<ReportVerdict> = {}): ReportVerdict {
  count += 1;
  return {
    id: count.toString(16).padStart(24, '0'),
    report: '',
    group: 'code-for-tulsa',
    verdict: 'confirmed',
    note: '',
    by: null,
    createdAt: then,
    ...over,
  };
}

/** A closed wave of June 2026. */
export function aWave(over: Partial<Wave> = {}): Wave {
  const slug = over.slug ?? '2026-06';
  return {
    slug,
    name: `Survey ${slug}`,
    state: 'closed',
    opens: `${slug}-01`,
    closes: `${slug}-30`,
    introduction: '',
    asked: [],
    aggregate: null,
    source: aSource(),
    ...over,
  };
}

/** The frozen export of the default wave. */
export function aFrozenWave(over: Partial<FrozenWave> = {}): FrozenWave {
  return {
    wave: '2026-06',
    at: '2026-07-01T00:00:00.000Z',
    json: '{"wave":"2026-06"}\n',
    csv: 'partner,level\r\n',
    ...over,
  };
}

/** A published collaboration of the default partner and the default group. */
export function aCollaboration(over: Partial<Collaboration> = {}): Collaboration {
  const title = over.title ?? 'A map of vacant lots';
  return {
    slug: slugOf(title),
    title,
    city: 'tulsa-ok',
    partner: 'tulsa-data-center',
    partnerName: 'Tulsa Data Center',
    group: 'code-for-tulsa',
    groupName: 'Code for Tulsa',
    from: '2025',
    to: '2025',
    summary: 'They mapped the vacant lots of the city together.',
    link: null,
    state: 'published',
    source: aSource(),
    updatedAt: then,
    ...over,
  };
}

/** A meetup in Tulsa, September 2026. */
export function aConvening(over: Partial<Convening> = {}): Convening {
  const name = over.name ?? 'Tulsa Data Day';
  return {
    slug: slugOf(name),
    name,
    kind: 'conference',
    start: '2026-09-10',
    end: null,
    city: 'tulsa-ok',
    place: 'Tulsa, OK',
    website: 'https://convening.example/',
    partners: [],
    groups: [],
    source: aSource(),
    updatedAt: then,
    ...over,
  };
}

/**
 * A whole set of records. Cities that partners, groups and collaborations name and `cities` leaves out are added,
 * with their centre at the first partner or group that stands there.
 */
export function someRecords(over: Partial<DirectoryRecords> = {}): DirectoryRecords {
  const { partners = [], groups = [], collaborations = [] } = over;
  const cities = new Map((over.cities ?? []).map((city) => [city.slug, city]));
  for (const { city: slug, lat, lng } of [...partners, ...groups]) {
    if (slug && !cities.has(slug)) cities.set(slug, aCity({ slug, lat, lng }));
  }
  for (const { city: slug } of collaborations) {
    if (!cities.has(slug)) cities.set(slug, aCity({ slug }));
  }
  return {
    revision: 1,
    sampleData: false,
    checks: [],
    reports: [],
    verdicts: [],
    waves: [],
    frozenWaves: [],
    convenings: [],
    ...over,
    partners,
    groups,
    collaborations,
    cities: [...cities.values()],
  };
}
