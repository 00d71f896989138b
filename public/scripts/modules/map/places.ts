// Reads the places of a GeoJSON answer of our own API, or of the short list of groups, into what the map shows.
// Needs no page.
// A feature that is not a point, or lacks a name or an address, is left out: the list on the page has it.
import type { Feature, FeatureCollection } from 'geojson';

export interface CityPlace {
  readonly kind: 'city';
  readonly slug: string;
  /** "Pittsburgh, PA" or "Toronto, Canada". */
  readonly name: string;
  readonly flag: string;
  readonly groupCount: number;
  /** Path of its page on this site. */
  readonly href: string;
  readonly lat: number;
  readonly lng: number;
}

export interface GroupPlace {
  readonly kind: 'group';
  readonly slug: string;
  readonly name: string;
  /** "Tulsa, OK"; the state or country of a group without a city. */
  readonly where: string;
  readonly href: string;
  readonly lat: number;
  readonly lng: number;
}

export type Place = CityPlace | GroupPlace;

const countryNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** "Tulsa, OK" in the United States, "Toronto, Canada" elsewhere; what is missing is left out. */
export function placeName(name: string, state: string, country: string): string {
  const foreign = country !== '' && country !== 'US';
  const around = foreign ? countryNames.of(country) : state;
  return [name, around].filter((part) => part !== undefined && part !== '').join(', ');
}

/** The path of an absolute or relative address, so that a link stays on the site the visitor is on. */
function pathOf(address: string): string {
  if (address === '') return '';
  const url = new URL(address, 'http://here.invalid');
  return url.protocol.startsWith('http') ? url.pathname + url.search : '';
}

function toPlace(feature: Feature, kind: Place['kind']): Place | undefined {
  if (feature.geometry?.type !== 'Point') return undefined;
  const [lng, lat] = feature.geometry.coordinates;
  const values = feature.properties ?? {};
  const [slug, name, href] = [
    text(values['slug']),
    text(values['name']),
    pathOf(text(values['url'])),
  ];
  if (lat === undefined || lng === undefined || !slug || !name || !href) return undefined;
  const [state, country] = [text(values['state']), text(values['country'])];
  if (kind === 'group') {
    return {
      kind,
      slug,
      name,
      where: placeName(text(values['cityName']), state, country),
      href,
      lat,
      lng,
    };
  }
  const groups: unknown = values['groups'];
  return {
    kind,
    slug,
    name: placeName(name, state, country),
    flag: text(values['flag']),
    groupCount: Array.isArray(groups) ? groups.length : 0,
    href,
    lat,
    lng,
  };
}

/** The places of one answer, in its order. Throws for anything but a FeatureCollection. */
export function parsePlaces(answer: unknown, kind: Place['kind']): Place[] {
  const collection = answer as FeatureCollection | null;
  if (collection?.type !== 'FeatureCollection' || !Array.isArray(collection.features)) {
    throw new Error('The answer is not a GeoJSON FeatureCollection.');
  }
  return collection.features.flatMap((feature) => {
    const place = toPlace(feature, kind);
    return place ? [place] : [];
  });
}

/** As server/features/finder/map-groups.ts writes a group: its name, slug and where it is. */
export const toGroupPlace = (
  [name, slug, where]: readonly [string, string, string],
  lat: number,
  lng: number,
): GroupPlace => ({ kind: 'group', slug, name, where, href: `/groups/${slug}`, lat, lng });

interface CityList {
  readonly cities?: readonly (readonly [
    name: string,
    slug: string,
    flag: string,
    groupCount: number,
    lat: number,
    lng: number,
  ])[];
}

/** The cities as server/features/finder/map-cities.ts writes them. */
export const parseCityList = (answer: unknown): CityPlace[] =>
  ((answer as CityList).cities ?? []).map(([name, slug, flag, groupCount, lat, lng]) => {
    return { kind: 'city', slug, name, flag, groupCount, href: `/cities/${slug}`, lat, lng };
  });

interface GroupList {
  readonly places?: readonly (readonly [where: string, lat: number, lng: number])[];
  readonly groups?: readonly (readonly [name: string, slug: string, place: number])[];
}

/** The slug that a name usually has; the server leaves it out where it is this. */
const usualSlug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** The groups of a short list. */
export function parseGroupList(answer: unknown): GroupPlace[] {
  const { places = [], groups = [] } = answer as GroupList;
  return groups.flatMap(([name, slug, at]) => {
    const place = places[at];
    if (!place) return [];
    return [toGroupPlace([name, slug || usualSlug(name), place[0]], place[1], place[2])];
  });
}
