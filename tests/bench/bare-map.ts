// The floor for a map: a page with nothing but Leaflet as it comes, the countries of the world from world-atlas and
// a mark for each group of the directory, 500 at most.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import type { FeatureCollection } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { fetchRaw } from './answers.ts';

const require = createRequire(import.meta.url);

/** As many as our own page may hold: Chromium does not bear ten thousand of Leaflet's marks. */
const mostMarks = 500;

interface Served {
  readonly type: string;
  readonly body: Buffer | string;
}

/** Leaflet as it comes, and what it draws, ready in memory and not compressed. */
async function bareFiles(origin: string): Promise<Map<string, Served>> {
  const folder = join(dirname(require.resolve('leaflet/package.json')), 'dist');
  const { body } = await fetchRaw(`${origin}/api/v1/groups.geojson`, {});
  const groups = JSON.parse(Buffer.from(body, 'base64').toString()) as FeatureCollection;
  const few = { ...groups, features: groups.features.slice(0, mostMarks) };
  const atlas = require('world-atlas/countries-110m.json') as Topology;
  const countries = feature(atlas, atlas.objects['countries'] as GeometryCollection);
  const file = (name: string, type: string): [string, Served] => [
    `/${name}`,
    { type, body: readFileSync(join(folder, name)) },
  ];
  const json = (content: object): Served => ({
    type: 'application/json',
    body: JSON.stringify(content),
  });
  const page = (draw: string): Served => ({
    type: 'text/html',
    body: `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/leaflet.css">
<div id="map" style="height:700px"></div><script src="/leaflet.js"></script><script>
const map = L.map('map').fitBounds([[24.5, -125], [49.4, -66.9]]);
const add = (name) => fetch(name).then((answer) => answer.json()).then((found) => L.geoJSON(found).addTo(map));
const seen = () => map.getPane('markerPane').firstChild.decode();
${draw}.then(seen).then(() => { document.body.dataset.ready = ''; });
</script>`,
  });
  return new Map([
    file('leaflet.js', 'text/javascript'),
    file('leaflet.css', 'text/css'),
    file('images/marker-icon.png', 'image/png'),
    file('images/marker-shadow.png', 'image/png'),
    ['/groups.json', json(few)],
    ['/countries.json', json(countries)],
    ['/', page(`Promise.all([add('/countries.json'), add('/groups.json')])`)],
    ['/marks', page(`Promise.resolve(L.geoJSON(${JSON.stringify(few)}).addTo(map))`)],
  ]);
}

/**
 * Bare maps to compare with: `/` is a map as ours is one, the countries of the world and a mark for each of the first
 * groups of the directory, both fetched as GeoJSON; `/marks` has the marks alone, written into the page, on nothing.
 */
export async function serveBareMap(origin: string): Promise<{ url: string; close: () => void }> {
  const files = await bareFiles(origin);
  const server = createServer((req, res) => {
    const found = files.get(req.url ?? '');
    if (found) res.writeHead(200, { 'content-type': found.type }).end(found.body);
    else res.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
