// Decides which marks stand for the places in view: one place, several on one spot, or a cluster.
// Places near each other are clustered by supercluster, so a page never holds more than a few hundred marks.
// Needs no page; map.ts draws the marks.
import Supercluster from 'supercluster';
import type { CityPlace, GroupPlace, Place } from './places.ts';

interface Spot {
  /** The same for the same mark as long as the zoom stays; tells which ones to keep. */
  readonly key: string;
  readonly lat: number;
  readonly lng: number;
}

/** One place. */
export interface SingleMark extends Spot {
  readonly kind: 'city' | 'group';
  readonly place: Place;
}

/** Several places on one spot, which no zoom tells apart. */
export interface StackMark extends Spot {
  readonly kind: 'stack';
  readonly places: readonly Place[];
}

/** Places that a closer look tells apart. */
export interface ClusterMark extends Spot {
  readonly kind: 'cluster';
  readonly of: Place['kind'];
  readonly count: number;
  /** The zoom from which it falls apart. */
  readonly opensAt: number;
}

export type Mark = SingleMark | StackMark | ClusterMark;

/** West, south, east, north, in degrees. */
export type Box = readonly [number, number, number, number];

export interface Marks {
  within(box: Box, zoom: number): Mark[];
}

/** Above this many in view, or from as far as this, flags too are gathered; else each stands for itself. */
const mostFlags = 150;
const flagsFrom = 2.75;

type Index = Supercluster<{ place: Place }>;

function indexOf(places: readonly Place[], radius: number, closest: number): Index {
  const index: Index = new Supercluster({ radius, extent: 256, maxZoom: closest, minPoints: 2 });
  index.load(
    places.map((place) => ({
      type: 'Feature',
      properties: { place },
      geometry: { type: 'Point', coordinates: [place.lng, place.lat] },
    })),
  );
  return index;
}

const toSingle = (place: Place): SingleMark => ({
  key: `${place.kind} ${place.slug}`,
  kind: place.kind,
  place,
  lat: place.lat,
  lng: place.lng,
});

function clustered(
  index: Index,
  box: Box,
  zoom: number,
  closest: number,
  of: Place['kind'],
): Mark[] {
  return index.getClusters([...box], Math.floor(zoom)).map((found): Mark => {
    const [lng = 0, lat = 0] = found.geometry.coordinates;
    if (!('cluster' in found.properties)) return toSingle(found.properties.place);
    const { cluster_id: id, point_count: count } = found.properties;
    const opensAt = index.getClusterExpansionZoom(id);
    const spot = { key: `${of} cluster ${id}`, lat, lng };
    if (opensAt <= closest) return { ...spot, kind: 'cluster', of, count, opensAt };
    const places = index.getLeaves(id, Infinity).map((leaf) => leaf.properties.place);
    return { ...spot, kind: 'stack', places };
  });
}

const inBox = ([west, south, east, north]: Box, { lat, lng }: Place): boolean =>
  lat >= south && lat <= north && lng >= west && lng <= east;

/**
 * Builds the indexes once for all places.
 * `closest` is the map's largest zoom: what is still together there is a stack.
 * `gatheredGroups` gives the marks of groups that are gathered elsewhere.
 */
export function gatherMarks(
  places: readonly Place[],
  closest: number,
  gatheredGroups?: Marks,
): Marks {
  const cities = places.filter((place): place is CityPlace => place.kind === 'city');
  const groups = places.filter((place): place is GroupPlace => place.kind === 'group');
  const flagged = cities.filter((city) => city.flag !== 'no-partner');
  const quiet = cities.filter((city) => city.flag === 'no-partner');
  const groupIndex = indexOf(groups, 48, closest);
  const quietIndex = indexOf(quiet, 28, closest);
  const flaggedIndex = indexOf(flagged, 40, closest);

  return {
    within(box, zoom) {
      const inView = flagged.filter((city) => inBox(box, city));
      return [
        ...(inView.length > mostFlags || zoom < flagsFrom
          ? clustered(flaggedIndex, box, zoom, closest, 'city')
          : inView.map(toSingle)),
        ...clustered(quietIndex, box, zoom, closest, 'city'),
        ...(gatheredGroups?.within(box, zoom) ??
          clustered(groupIndex, box, zoom, closest, 'group')),
      ];
    },
  };
}

const counted = (count: number, kind: Place['kind']): string => {
  const one = kind === 'city' ? 'city' : 'group';
  const many = kind === 'city' ? 'cities' : 'groups';
  return `${count} ${count === 1 ? one : many}`;
};

/** What a mark is called by those who hear it; `flagWords` gives the words of a flag. */
export function nameOf(mark: Mark, flagWords: (flag: string) => string): string {
  if (mark.kind === 'cluster') return `${counted(mark.count, mark.of)}, zoom in`;
  if (mark.kind === 'stack') {
    return `${counted(mark.places.length, mark.places[0]?.kind ?? 'group')} here`;
  }
  const { place } = mark;
  if (place.kind === 'city') return `${place.name}: ${flagWords(place.flag).toLowerCase()}`;
  return place.where === '' ? place.name : `${place.name}, group in ${place.where}`;
}

/** Half the width of a mark in pixels: smaller from far away, where many stand close. */
export function radiusOf(mark: Mark, zoom: number): number {
  const far = zoom < 3.5;
  if (mark.kind === 'cluster' || mark.kind === 'stack') {
    const count = mark.kind === 'cluster' ? mark.count : mark.places.length;
    return (far ? 9 : 11) + Math.min(5, Math.floor(Math.log2(Math.max(1, count / 4))));
  }
  const { place } = mark;
  if (place.kind === 'group') return far ? 7 : 9;
  if (place.flag === 'no-partner') return far ? 6 : 8;
  if (far) return 9;
  return zoom < 5 ? 12 : 14;
}
