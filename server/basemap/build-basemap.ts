// Makes the base map files that the browser draws under the markers, from Natural Earth (world-atlas)
// and the Census Bureau's state outlines (us-atlas). Run once per build: build-basemap.js <folder>.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Position } from 'geojson';
import { merge, mesh } from 'topojson-client';
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from 'topojson-specification';
import { encodeShape } from './encode.ts';
import { greatLakes } from './great-lakes.ts';
import { ringArea, simplifyTopology } from './simplify.ts';

/** Path data on a map of the world; see encode.ts. */
interface Part {
  /** Closed shapes. */
  readonly land: readonly string[];
  /** Open lines between neighbours. */
  readonly borders: readonly string[];
}

/** How fine a part is: units around the world, the least triangle kept and the least island, square degrees. */
interface Grain {
  readonly size: number;
  readonly weight: number;
  readonly island: number;
  /** One path of all shapes is put into a page at once; a path of its own is skipped where it is out of sight. */
  readonly inOne: boolean;
}

const unitedStates = '840';
const antarctica = '010';
/** What us-atlas does not hold stays with the world: Puerto Rico and the islands are states there. */
const drawnAsState = new Set([unitedStates, '630']);

const require = createRequire(import.meta.url);
const readAtlas = (name: string): Topology => require(name) as Topology;

function shapesOf(topology: Topology, name: string): (Polygon | MultiPolygon)[] {
  const collection = topology.objects[name] as GeometryCollection;
  return collection.geometries.filter(
    (shape): shape is Polygon | MultiPolygon =>
      shape.type === 'Polygon' || shape.type === 'MultiPolygon',
  );
}

const encoded = (shapes: readonly Position[][][], { size, inOne }: Grain, closed: boolean) =>
  (inOne ? [shapes.flat()] : shapes)
    .map((lines) => encodeShape(lines, size, closed))
    .filter((path) => path !== '');

/** `around` are the shapes between which borders run, `filled` those whose land is drawn. */
function partOf(
  topology: Topology,
  around: (Polygon | MultiPolygon)[],
  filled: (Polygon | MultiPolygon)[],
  grain: Grain,
): Part {
  const neighbours = { type: 'GeometryCollection' as const, geometries: around };
  const borders = mesh(topology, neighbours, (a, b) => a !== b).coordinates as Position[][];
  const land = merge(topology, filled).coordinates.map((rings) =>
    rings.filter((ring) => ringArea(ring) >= grain.island),
  );
  return {
    land: encoded(land, grain, true),
    borders: encoded(
      borders.map((line) => [line]),
      grain,
      false,
    ),
  };
}

function worldPart(atlas: string, grain: Grain): Part {
  const topology = simplifyTopology(readAtlas(atlas), grain.weight);
  const countries = shapesOf(topology, 'countries').filter((shape) => shape.id !== antarctica);
  const elsewhere = countries.filter((shape) => !drawnAsState.has(String(shape.id)));
  return partOf(topology, countries, elsewhere, grain);
}

function statesPart(grain: Grain): Part {
  const topology = simplifyTopology(readAtlas('us-atlas/states-10m.json'), grain.weight);
  const states = shapesOf(topology, 'states');
  return partOf(topology, states, states, grain);
}

/** The files: the whole world at a glance, then finer parts that the browser asks for when it comes close. */
function baseMapFiles(): Record<string, object> {
  const coarse = { size: 8_192, inOne: true };
  const fineStates = { size: 65_536, weight: 0.0002, island: 0.0005, inOne: false };
  const fineWorld = { size: 32_768, weight: 0.002, island: 0.01, inOne: false };
  return {
    'world.json': {
      size: coarse.size,
      world: worldPart('world-atlas/countries-110m.json', { ...coarse, weight: 0.12, island: 0.6 }),
      lakes: [encodeShape(greatLakes, coarse.size, true)],
      states: statesPart({ ...coarse, weight: 0.016, island: 0.05 }),
    },
    'states.json': { size: fineStates.size, states: statesPart(fineStates) },
    'countries.json': {
      size: fineWorld.size,
      world: worldPart('world-atlas/countries-50m.json', fineWorld),
    },
  };
}

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('Say where the base map goes: build-basemap.js <folder>');
mkdirSync(folder, { recursive: true });
for (const [name, content] of Object.entries(baseMapFiles())) {
  writeFileSync(join(folder, name), JSON.stringify(content));
}
