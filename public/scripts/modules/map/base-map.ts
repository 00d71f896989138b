// Draws land, water and borders under the marks from our own files: a coarse world first, then, once the
// visitor comes close, finer states and countries. Colours come from the stylesheet by class name.
import {
  type LayerGroup,
  type Map as LeafletMap,
  layerGroup,
  polygon,
  polyline,
  svg,
} from 'leaflet/dist/leaflet-src.esm.js';
import { decodeLines } from './lines.ts';

interface Part {
  readonly land: number[][];
  readonly borders: number[][];
}

interface BaseMapFile {
  readonly scale: number;
  readonly world?: Part;
  readonly lakes?: number[][];
  readonly states?: Part;
}

/** Addresses of the files; see server/basemap/build-basemap.ts. */
export interface BaseMapFiles {
  readonly world: string;
  readonly states: string;
  readonly countries: string;
}

/** From here on the coarse world looks coarse. */
const fineFrom = 5;

type Slot = 'world' | 'lakes' | 'states' | 'borders' | 'stateLines';
/** Lowest first: the states' own shore covers the generous side of the lakes. */
const slots: readonly Slot[] = ['world', 'lakes', 'states', 'borders', 'stateLines'];

async function read(address: string): Promise<BaseMapFile> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}.`);
  return (await answer.json()) as BaseMapFile;
}

/** Adds the base map below everything else; a file that does not come is logged and the map goes on without. */
export function drawBaseMap(map: LeafletMap, files: BaseMapFiles): void {
  map.createPane('base').style.zIndex = '150';
  const renderer = svg({ pane: 'base', padding: 0.5 });
  const shared = { pane: 'base', renderer, interactive: false } as const;
  const drawn = new Map<Slot, LayerGroup>(slots.map((slot) => [slot, layerGroup().addTo(map)]));

  const put = (slot: Slot, lines: number[][], scale: number): void => {
    const coordinates = decodeLines(lines, scale);
    const closed = slot === 'world' || slot === 'states' || slot === 'lakes';
    const shape = closed
      ? polygon(
          coordinates.map((ring) => [ring]),
          { ...shared, className: slot === 'lakes' ? 'map-water' : 'map-land' },
        )
      : polyline(coordinates, {
          ...shared,
          className: slot === 'borders' ? 'map-border' : 'map-state-line',
        });
    drawn.get(slot)?.clearLayers().addLayer(shape);
  };

  const show = ({ scale, world, lakes, states }: BaseMapFile): void => {
    if (world) {
      put('world', world.land, scale);
      put('borders', world.borders, scale);
    }
    if (lakes) put('lakes', lakes, scale);
    if (states) {
      put('states', states.land, scale);
      put('stateLines', states.borders, scale);
    }
    for (const slot of slots) {
      drawn
        .get(slot)
        ?.eachLayer(
          (layer) => 'bringToFront' in layer && (layer as { bringToFront(): void }).bringToFront(),
        );
    }
  };

  const load = (address: string): Promise<void> =>
    read(address)
      .then(show)
      .catch((error: unknown) => console.error('The base map could not be drawn.', error));

  const first = load(files.world);
  const refine = (): void => {
    if (map.getZoom() < fineFrom) return;
    map.off('zoomend', refine);
    void first.then(() => Promise.all([load(files.states), load(files.countries)]));
  };
  map.on('zoomend', refine);
  refine();
}
