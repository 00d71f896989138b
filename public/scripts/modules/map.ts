// The map: draws the places that the page links to as GeoJSON, over our own base map or tiles.
// Leaflet is used here and in map/ alone. The list on the page stays the full equivalent.
import { type Map as LeafletMap, map as makeMap, tileLayer } from 'leaflet/dist/leaflet-src.esm.js';
import { keepView } from './map/address.ts';
import { markAsked } from './map/asked-mark.ts';
import { drawBaseMap } from './map/base-map.ts';
import { type FirstView, gatheredGroups } from './map/gathered-groups.ts';
import { tameGestures } from './map/gestures.ts';
import { linkList } from './map/list-link.ts';
import { addMarkerLayer } from './map/marker-layer.ts';
import { gatherMarks, type Mark, type Marks, nameOf } from './map/marks.ts';
import { type Pins, pinsOn } from './map/pins.ts';
import { type Place, parseCityList, parseGroupList, parsePlaces } from './map/places.ts';
import { popupsOn } from './map/popup.ts';
import { popupContent } from './map/popup-content.ts';
import { type MapSettings, readSettings } from './map/settings.ts';

/** South-west and north-east of the contiguous United States, with a little room. */
const unitedStates: [[number, number], [number, number]] = [
  [24.5, -125],
  [49.4, -66.9],
];
/** Our own base map says no more when closer than this. */
const closestWithoutTiles = 10;

const reducedMotion = window.matchMedia('(prefers-reduced-motion: reduce)').matches;

function makeFrame(root: HTMLElement, settings: MapSettings): LeafletMap {
  const frame = root.querySelector<HTMLElement>('[data-frame]');
  if (!frame) throw new Error('The map has no frame to stand in.');
  frame.querySelector('[data-without-script]')?.remove();
  const canvas = document.createElement('div');
  canvas.className = 'map-canvas';
  canvas.setAttribute('role', 'group');
  canvas.setAttribute(
    'aria-label',
    `${settings.label}. Arrow keys move the map, plus and minus zoom.`,
  );
  frame.append(canvas);
  const map = makeMap(canvas, {
    minZoom: 2,
    maxZoom: settings.tiles ? 18 : closestWithoutTiles,
    zoomSnap: settings.tiles ? 1 : 0.25,
    maxBounds: [
      [-75, -200],
      [85, 200],
    ],
    fadeAnimation: !reducedMotion,
    zoomAnimation: !reducedMotion,
    inertia: !reducedMotion,
  });
  map.attributionControl.setPrefix(false);
  return map;
}

/** Settles once the ground of the first view is there, or does not come. */
async function drawGround(map: LeafletMap, { tiles, baseMap }: MapSettings): Promise<void> {
  if (tiles) {
    tileLayer(tiles.url, { attribution: tiles.attribution, maxZoom: 18 }).addTo(map);
    return;
  }
  map.attributionControl.addAttribution('Natural Earth, U.S. Census Bureau');
  await drawBaseMap(map, baseMap);
}

/** The whole of the United States for many places, else just the places. */
function showPlaces(map: LeafletMap, places: readonly Place[], settings: MapSettings): void {
  const { view, selected } = settings;
  const chosen = places.find(({ slug }) => slug === selected);
  const shown = places.filter(({ kind }) => kind === 'city');
  const few = shown.length > 0 ? shown : places;
  if (view) map.setView([view.lat, view.lng], view.zoom, { animate: false });
  else if (chosen) map.setView([chosen.lat, chosen.lng], 7, { animate: false });
  else if (few.length === 0 || few.length > 12) map.fitBounds(unitedStates, { animate: false });
  else {
    map.fitBounds(
      few.map(({ lat, lng }) => [lat, lng] as [number, number]),
      {
        animate: false,
        maxZoom: 6,
        padding: [40, 40],
      },
    );
  }
}

interface Found {
  readonly places: readonly Place[];
  /** Where the marks of groups are asked for view by view; undefined where all groups are among the places. */
  readonly groupsByView: { readonly address: string; readonly first: FirstView } | undefined;
}

async function read(address: string): Promise<unknown> {
  // As views/components/map.ejs asks for it beforehand.
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}.`);
  return answer.json();
}

async function readPlaces({ sources }: MapSettings): Promise<Found> {
  let groupsByView: Found['groupsByView'];
  const lists = await Promise.all(
    sources.map(async ({ kind, href, drawnFrom }) => {
      if (!drawnFrom) return parsePlaces(await read(href), kind);
      const answer = await read(drawnFrom);
      if (kind === 'city') return parseCityList(answer);
      const byView = answer as Partial<FirstView>;
      if (byView.marks) groupsByView = { address: drawnFrom, first: byView as FirstView };
      return parseGroupList(answer);
    }),
  );
  return { places: lists.flat(), groupsByView };
}

function drawPlaces(
  map: LeafletMap,
  pins: Pins,
  { places, groupsByView }: Found,
  settings: MapSettings,
): void {
  const { shapes, selected } = settings;
  const popups = popupsOn(map, reducedMotion);
  const open = (mark: Mark, opener: HTMLElement, at: { lat: number; lng: number }): void => {
    if (mark.kind === 'cluster') {
      map.getContainer().focus({ preventScroll: true });
      map.setView([mark.lat, mark.lng], mark.opensAt, { animate: !reducedMotion });
      return;
    }
    const title = nameOf(mark, shapes.words);
    const shown = mark.kind === 'stack' ? mark.places : [mark.place];
    popups.open(at, title, popupContent(title, shown, shapes), opener);
  };
  const gathered: Marks | undefined =
    groupsByView && gatheredGroups(groupsByView.address, groupsByView.first, () => layer.refresh());
  const marks = gatherMarks(places, map.getMaxZoom(), gathered);
  const layer = addMarkerLayer(map, pins, marks, shapes, selected, open);
  layer.refresh();
  map.on('moveend', () => {
    layer.refresh();
    const { lat, lng } = map.getCenter();
    keepView({ lat, lng, zoom: map.getZoom() });
  });
  linkList(map.getContainer(), layer.elementOf);
}

/** Starts the map in its section; when the places do not come, says so in words and leaves the ground. */
export async function startMap(root: HTMLElement): Promise<void> {
  const settings = readSettings(root);
  const map = makeFrame(root, settings);
  tameGestures(map);
  if (settings.view) showPlaces(map, [], settings);
  else map.fitBounds(unitedStates, { animate: false });
  const ground = drawGround(map, settings);
  const pins = pinsOn(map);
  if (settings.asked) markAsked(pins, settings.asked);
  try {
    const found = await readPlaces(settings);
    showPlaces(map, found.places, settings);
    drawPlaces(map, pins, found, settings);
    await ground;
    root.dataset['ready'] = String(found.places.length);
  } catch (error) {
    console.error('The places of the map could not be loaded.', error);
    const status = root.querySelector('[data-status]');
    if (status) {
      status.textContent =
        'The places on the map could not be loaded. The list on this page has them all; try again later.';
    }
  }
}
