// Draws land, water and borders under the marks from our own files: a coarse world first, then, once the
// visitor comes close, finer states and countries. The files hold path data of a flat map of the world, ready to draw;
// colours come from the stylesheet by class name.
import { DomUtil, type LatLng, type Map as LeafletMap } from 'leaflet/dist/leaflet-src.esm.js';
import { pointAfterZoom } from './pins.ts';

interface Part {
  readonly land: readonly string[];
  readonly borders: readonly string[];
}

/** As server/basemap/build-basemap.ts writes it: path data on a map `size` units wide. */
interface BaseMapFile {
  readonly size: number;
  readonly world?: Part;
  readonly lakes?: readonly string[];
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
/** Pixels around the world at zoom 0. */
const tile = 256;
/** What is drawn beyond each side of the map, as a share of it, so that a move does not end in the void. */
const around = 0.5;

type Slot = 'world' | 'lakes' | 'states' | 'borders' | 'stateLines';
/** Lowest first: the states' own shore covers the generous side of the lakes. */
const classes: Readonly<Record<Slot, string>> = {
  world: 'map-land',
  lakes: 'map-water',
  states: 'map-land',
  borders: 'map-border',
  stateLines: 'map-state-line',
};

const svgNamespace = 'http://www.w3.org/2000/svg';
function make<Name extends 'svg' | 'g' | 'path'>(name: Name, className = '') {
  const made = document.createElementNS(svgNamespace, name);
  if (className !== '') made.setAttribute('class', className);
  return made;
}

/** Keeps the drawing, in pixels of the whole world, where the map shows it. */
function follow(map: LeafletMap, frame: SVGSVGElement, drawing: SVGGElement): void {
  let corner: LatLng;
  let drawnAt = map.getZoom();
  const draw = (): void => {
    const size = map.getSize();
    const from = map.containerPointToLayerPoint(size.multiplyBy(-around)).round();
    const { x, y } = map.getPixelOrigin().add(from);
    drawnAt = map.getZoom();
    corner = map.layerPointToLatLng(from);
    DomUtil.setPosition(frame as unknown as HTMLElement, from);
    frame.setAttribute('width', String(size.x * (1 + 2 * around)));
    frame.setAttribute('height', String(size.y * (1 + 2 * around)));
    const scale = tile * 2 ** drawnAt;
    drawing.setAttribute('transform', `translate(${-x} ${-y}) scale(${scale})`);
  };
  const stretch = (center: LatLng, zoom: number): void => {
    const scale = map.getZoomScale(zoom, drawnAt);
    const to = pointAfterZoom(map, corner, center, zoom);
    DomUtil.setTransform(frame as unknown as HTMLElement, to, scale);
  };
  map.on('viewreset moveend', draw);
  map.on('zoom', () => stretch(map.getCenter(), map.getZoom()));
  map.on('zoomanim', ({ center, zoom }) => stretch(center, zoom));
  draw();
}

async function read(address: string): Promise<BaseMapFile> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}.`);
  return (await answer.json()) as BaseMapFile;
}

/** Adds the base map below everything else; a file that does not come is logged and the map goes on without. */
export function drawBaseMap(map: LeafletMap, files: BaseMapFiles): Promise<void> {
  const pane = map.createPane('base');
  pane.style.zIndex = '150';
  const frame = make('svg', 'map-ground leaflet-zoom-animated') as SVGSVGElement;
  const drawing = make('g') as SVGGElement;
  const slots = new Map(
    Object.entries(classes).map(([slot, className]) => [slot as Slot, make('g', className)]),
  );
  drawing.append(...slots.values());
  frame.append(drawing);
  pane.append(frame);
  follow(map, frame, drawing);

  const put = (slot: Slot, shapes: readonly string[] | undefined, size: number): void => {
    if (!shapes) return;
    const paths = shapes.map((shape) => {
      const path = make('path');
      path.setAttribute('d', shape);
      return path;
    });
    const group = slots.get(slot);
    group?.setAttribute('transform', `scale(${1 / size})`);
    group?.replaceChildren(...paths);
  };
  const load = (address: string): Promise<void> =>
    read(address)
      .then(({ size, world, lakes, states }) => {
        put('world', world?.land, size);
        put('borders', world?.borders, size);
        put('lakes', lakes, size);
        put('states', states?.land, size);
        put('stateLines', states?.borders, size);
      })
      .catch((error: unknown) => console.error('The base map could not be drawn.', error));

  const first = load(files.world);
  const refine = (): void => {
    if (map.getZoom() < fineFrom) return;
    map.off('zoomend', refine);
    void first.then(() => Promise.all([load(files.states), load(files.countries)]));
  };
  map.on('zoomend', refine);
  refine();
  return first;
}
