// Makes the base map files that the browser draws under the markers, from Natural Earth (world-atlas)
// and the Census Bureau's state outlines (us-atlas). Run once per build: build-basemap.js <folder>.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Position } from 'geojson';
import { merge, mesh } from 'topojson-client';
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from 'topojson-specification';
import { encodeLines } from './encode.ts';
import { greatLakes } from './great-lakes.ts';
import { ringArea, simplifyTopology } from './simplify.ts';

/** What one part of the map is drawn from: closed lines of land, open lines between neighbours. */
interface Part {
  readonly land: number[][];
  readonly borders: number[][];
}

/** How fine a part is: numbers per degree, the least triangle kept and the least island, square degrees. */
interface Grain {
  readonly scale: number;
  readonly weight: number;
  readonly island: number;
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

function ringsOf(topology: Topology, shapes: (Polygon | MultiPolygon)[], island: number) {
  return merge(topology, shapes)
    .coordinates.flat()
    .filter((ring) => ringArea(ring) >= island);
}

/** The part of a line that reaches past 180 degrees is drawn a second time at the map's other edge. */
function withOtherEdge(lines: number[][], scale: number): number[][] {
  return lines.flatMap((line) => {
    let x = 0;
    let [east, west] = [-Infinity, Infinity];
    for (let index = 0; index < line.length; index += 2) {
      x += line[index] ?? 0;
      east = Math.max(east, x);
      west = Math.min(west, x);
    }
    const turn = 360 * scale;
    const shifted = (by: number): number[] => [(line[0] ?? 0) + by, ...line.slice(1)];
    if (east > 180 * scale) return [line, shifted(-turn)];
    if (west < -180 * scale) return [line, shifted(turn)];
    return [line];
  });
}

function worldPart(atlas: string, { scale, weight, island }: Grain): Part {
  const topology = simplifyTopology(readAtlas(atlas), weight);
  const countries = shapesOf(topology, 'countries').filter((shape) => shape.id !== antarctica);
  const elsewhere = countries.filter((shape) => !drawnAsState.has(String(shape.id)));
  const borders = mesh(topology, { type: 'GeometryCollection', geometries: countries }, (a, b) => {
    return a !== b;
  }).coordinates as Position[][];
  return {
    land: withOtherEdge(encodeLines(ringsOf(topology, elsewhere, island), scale), scale),
    borders: encodeLines(borders, scale),
  };
}

function statesPart({ scale, weight, island }: Grain): Part {
  const topology = simplifyTopology(readAtlas('us-atlas/states-10m.json'), weight);
  const states = shapesOf(topology, 'states');
  const borders = mesh(topology, { type: 'GeometryCollection', geometries: states }, (a, b) => {
    return a !== b;
  }).coordinates as Position[][];
  return {
    land: withOtherEdge(encodeLines(ringsOf(topology, states, island), scale), scale),
    borders: encodeLines(borders, scale),
  };
}

/** The files: the whole world at a glance, then finer parts that the browser asks for when it comes close. */
function baseMapFiles(): Record<string, object> {
  return {
    'world.json': {
      scale: 16,
      world: worldPart('world-atlas/countries-110m.json', { scale: 16, weight: 0.12, island: 0.6 }),
      lakes: encodeLines(greatLakes, 16),
      states: statesPart({ scale: 16, weight: 0.016, island: 0.05 }),
    },
    'states.json': {
      scale: 200,
      states: statesPart({ scale: 200, weight: 0.0002, island: 0.0005 }),
    },
    'countries.json': {
      scale: 100,
      world: worldPart('world-atlas/countries-50m.json', {
        scale: 100,
        weight: 0.002,
        island: 0.01,
      }),
    },
  };
}

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('Say where the base map goes: build-basemap.js <folder>');
mkdirSync(folder, { recursive: true });
for (const [name, content] of Object.entries(baseMapFiles())) {
  writeFileSync(join(folder, name), JSON.stringify(content));
}
