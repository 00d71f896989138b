// The outline of the state or country a city stands in, as an SVG path in a box, with the city's point in it.
// States are the Census Bureau's (us-atlas), countries Natural Earth's (world-atlas). Read when first asked for.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { City, Point } from '../../domain/records.ts';
import { usStates } from '../../domain/us-states.ts';
import { root } from '../../root.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Outline {
  /** For the `d` of a path. */
  readonly path: string;
  readonly city: { readonly x: number; readonly y: number };
}

type Shape = Feature<Polygon | MultiPolygon, { readonly name?: string } | null>;
type Ring = readonly Position[];

/** Islands smaller than this share of the largest part are left out, unless the city is on them. */
const leastShare = 0.004;

const atlases = new Map<string, readonly Shape[]>();

function readAtlas(file: string, object: string): readonly Shape[] {
  const known = atlases.get(file);
  if (known) return known;
  const topology = JSON.parse(readFileSync(join(root, 'node_modules', file), 'utf8')) as Topology;
  const collection = topology.objects[object] as GeometryCollection;
  const shapes = (feature(topology, collection) as FeatureCollection).features as Shape[];
  atlases.set(file, shapes);
  return shapes;
}

/** Undefined where no outline is known, as for a small island state. */
export function drawOutline(
  city: Point & Pick<City, 'state' | 'country'>,
  box: Box,
): Outline | undefined {
  const shape = findShape(city);
  if (!shape) return undefined;
  const rings = ringsShown(shape, city);
  return rings.length === 0 ? undefined : fitInto(rings, city, box);
}

function findShape(city: Point & Pick<City, 'state' | 'country'>): Shape | undefined {
  const name = city.country === 'US' ? usStates.get(city.state) : undefined;
  if (name !== undefined) {
    const states = readAtlas('us-atlas/states-10m.json', 'states');
    return states.find(({ properties }) => properties?.name === name);
  }
  const countries = readAtlas('world-atlas/countries-50m.json', 'countries');
  return countries.find((shape) => outerRings(shape).some((ring) => isWithin(city, ring)));
}

/** Without lakes and enclaves. A country of no land in the atlas has none. */
function outerRings({ geometry }: Shape): readonly Ring[] {
  if (!geometry) return [];
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons.flatMap(([outer]) => (outer ? [outer] : []));
}

/** Over the antimeridian: what lies in the far east of a state of the west goes on beyond 180 degrees. */
const unwrap = (lng: number, near: number): number =>
  lng - near > 180 ? lng - 360 : near - lng > 180 ? lng + 360 : lng;

function ringsShown(shape: Shape, city: Point): readonly Ring[] {
  const rings = outerRings(shape).map((ring) =>
    ring.map(([lng = 0, lat = 0]) => [unwrap(lng, city.lng), lat]),
  );
  const largest = Math.max(...rings.map(areaOf));
  return rings.filter((ring) => areaOf(ring) >= largest * leastShare || isWithin(city, ring));
}

/** Square degrees, by the shoelace formula. */
function areaOf(ring: Ring): number {
  let twice = 0;
  ring.forEach(([x = 0, y = 0], index) => {
    const [nextX = 0, nextY = 0] = ring[(index + 1) % ring.length] ?? [];
    twice += x * nextY - nextX * y;
  });
  return Math.abs(twice) / 2;
}

/** A ray to the east crosses the ring an odd number of times. */
function isWithin({ lat, lng }: Point, ring: Ring): boolean {
  let isInside = false;
  ring.forEach(([x = 0, y = 0], index) => {
    const [nextX = 0, nextY = 0] = ring[(index + 1) % ring.length] ?? [];
    if (y > lat !== nextY > lat && lng < x + ((lat - y) / (nextY - y)) * (nextX - x)) {
      isInside = !isInside;
    }
  });
  return isInside;
}

/** Degrees of longitude are as long as they are at the middle of the shape; it stands in the middle of the box. */
function fitInto(rings: readonly Ring[], city: Point, box: Box): Outline {
  const all = rings.flat();
  const lats = all.map(([, lat = 0]) => lat);
  const lngs = all.map(([lng = 0]) => lng);
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  const [west, east] = [Math.min(...lngs), Math.max(...lngs)];
  const narrowing = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const width = (east - west) * narrowing;
  const scale = Math.min(box.width / width, box.height / (north - south));
  const left = box.x + (box.width - width * scale) / 2;
  const top = box.y + (box.height - (north - south) * scale) / 2;
  const place = (lng: number, lat: number) => ({
    x: round(left + (lng - west) * narrowing * scale),
    y: round(top + (north - lat) * scale),
  });
  const path = rings
    .map((ring) =>
      ring
        .map(([lng = 0, lat = 0], index) => {
          const { x, y } = place(lng, lat);
          return `${index === 0 ? 'M' : 'L'}${x} ${y}`;
        })
        .join(''),
    )
    .map((line) => `${line}Z`)
    .join('');
  return { path, city: place(city.lng, city.lat) };
}

const round = (number: number): number => Math.round(number * 10) / 10;
