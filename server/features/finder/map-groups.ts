// The groups as maps draw them: all of them in few bytes while they are few, else the marks of one view,
// gathered here once per snapshot, so that a page never fetches or holds thousands of places.
// What a mark looks like is left to public/scripts/modules/map.
import Supercluster from 'supercluster';
import type { Directory, GroupEntry } from '../../directory/directory.ts';
import { perDirectory } from '../../directory/per-directory.ts';
import { whyNotOnMap } from '../../domain/on-map.ts';
import { invalid } from '../../errors.ts';
import { countryLabel } from '../../web/format.ts';

/** More than these are not sent at once. */
const mostAtOnce = 1_000;
/** Marks of one view at most; where more would stand, they are gathered as from farther away. */
const mostMarks = 300;
/** Names listed where many stand on one spot. */
const mostNames = 100;
/** Pixels within which groups are gathered; the browser does the same where it has them all. */
const radius = 48;
/** Where the pictures of tiles end. */
const closestOfAll = 18;

/** Name, slug ('' where it follows from the name), number of its place. */
type ListedGroup = readonly [name: string, slug: string, place: number];
/** "Tulsa, OK", latitude, longitude. */
type ListedPlace = readonly [where: string, lat: number, lng: number];
/** Latitude, longitude, how many are gathered, the zoom that parts them, and a number of its own. */
type Cluster = readonly [lat: number, lng: number, count: number, opensAt: number, id: number];
/** Latitude, longitude and the groups there, each with its name, slug and where it is. */
type Spot = readonly [
  lat: number,
  lng: number,
  groups: readonly (readonly [name: string, slug: string, where: string])[],
];

export interface MapView {
  /** West, south, east, north, in degrees. */
  readonly box: readonly [number, number, number, number];
  readonly zoom: number;
}

const drawn = (directory: Directory): GroupEntry[] =>
  directory.groups.filter((group) => whyNotOnMap(group) === null);

/** "Tulsa, OK"; the state or country of a group without a city. */
const whereOf = ({ cityEntry, state, country }: GroupEntry): string =>
  [cityEntry?.name ?? '', country === 'US' || country === '' ? state : countryLabel(country)]
    .filter((part) => part !== '')
    .join(', ');

/** Ten metres are more than a map of a city shows. */
const short = (degrees: number): number => Math.round(degrees * 10_000) / 10_000;

/** The slug that a name usually has; the browser does the same, in modules/map/places.ts. */
const usualSlug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** What most maps show first: the United States, and what is around them on a wide screen. */
const firstView: MapView = { box: [-180, -20, -10, 80], zoom: 4 };

/**
 * All groups, those of one place together; or, where they are too many, `{ "box", "zoom", "marks" }`: the marks of the
 * view that most maps show first, as `marksOf` gives them.
 */
export function listForMap(
  directory: Directory,
  marksOf: (directory: Directory, view: MapView) => string,
): string {
  const groups = drawn(directory);
  if (groups.length > mostAtOnce) {
    const { box, zoom } = firstView;
    return `{"box":[${box}],"zoom":${zoom},"marks":${marksOf(directory, firstView)}}`;
  }
  const places = new Map<string, { readonly at: number; readonly place: ListedPlace }>();
  const listed = groups.map((group): ListedGroup => {
    const place: ListedPlace = [whereOf(group), short(group.lat), short(group.lng)];
    const key = place.join('|');
    const known = places.get(key) ?? { at: places.size, place };
    places.set(key, known);
    return [group.name, usualSlug(group.name) === group.slug ? '' : group.slug, known.at];
  });
  return JSON.stringify({ places: [...places.values()].map(({ place }) => place), groups: listed });
}

type Index = Supercluster<{ group: GroupEntry }>;

function indexGroups(directory: Directory, closest: number): Index {
  const index: Index = new Supercluster({ radius, extent: 256, maxZoom: closest });
  index.load(
    drawn(directory).map((group) => ({
      type: 'Feature',
      properties: { group },
      geometry: { type: 'Point', coordinates: [group.lng, group.lat] },
    })),
  );
  return index;
}

function marksIn(index: Index, { box, zoom }: MapView): ReturnType<Index['getClusters']> {
  let marks = index.getClusters([...box], zoom);
  for (let farther = zoom - 1; marks.length > mostMarks && farther >= 0; farther -= 1) {
    marks = index.getClusters([...box], farther);
  }
  return marks;
}

const named = (group: GroupEntry) => [group.name, group.slug, whereOf(group)] as const;

/**
 * Gives the marks of the groups in a view, at most a few hundred.
 * `closest` is the map's largest zoom: what is still together there stands on one spot.
 */
export function marksForMap(closest: number): (directory: Directory, view: MapView) => string {
  const indexOf = perDirectory((directory) => indexGroups(directory, closest));
  return (directory, view) => {
    const index = indexOf(directory);
    const clusters: Cluster[] = [];
    const spots: Spot[] = [];
    for (const { geometry, properties } of marksIn(index, view)) {
      const [lng = 0, lat = 0] = geometry.coordinates;
      const spot = [short(lat), short(lng)] as const;
      if (!('cluster' in properties)) {
        spots.push([...spot, [named(properties.group)]]);
        continue;
      }
      const { cluster_id: id, point_count: count } = properties;
      const opensAt = index.getClusterExpansionZoom(id);
      if (opensAt <= closest) clusters.push([...spot, count, opensAt, id]);
      else {
        const there = index.getLeaves(id, mostNames);
        spots.push([...spot, there.map((leaf) => named(leaf.properties.group))]);
      }
    }
    return JSON.stringify({ clusters, spots });
  };
}

/**
 * Reads `box=west,south,east,north&zoom=4`; null where neither is given.
 * @throws Problem (invalid) for what is no view
 */
export function parseMapView(raw: Readonly<Record<string, unknown>>): MapView | null {
  if (raw['box'] === undefined && raw['zoom'] === undefined) return null;
  const numbers = String(raw['box']).split(',').map(Number);
  const zoom = Number(raw['zoom']);
  const [west = Number.NaN, south = 0, east = 0, north = 0] = numbers;
  const isBox = numbers.length === 4 && numbers.every(Number.isFinite) && south <= north;
  if (!isBox || west > east) throw invalid('box must be west, south, east and north.', 'box');
  if (!Number.isInteger(zoom) || zoom < 0 || zoom > closestOfAll) {
    throw invalid(`zoom must be a whole number from 0 to ${closestOfAll}.`, 'zoom');
  }
  return { box: [west, south, east, north], zoom };
}
