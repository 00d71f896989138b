// Draws the marks of the part in view as plain buttons, and changes only what differs after a move.
// Which marks there are is decided in marks.ts; what opening one does is told by the caller.
import type { Map as LeafletMap } from 'leaflet/dist/leaflet-src.esm.js';
import { type Box, type Mark, type Marks, nameOf, radiusOf } from './marks.ts';
import type { Pins } from './pins.ts';
import type { Place } from './places.ts';
import type { FlagShapes } from './popup-content.ts';
import { spread } from './spread.ts';

export interface MarkerLayer {
  /** Draws again for the present view. */
  refresh(): void;
  /** The element on the map for a place by its page's path, unless it is inside a cluster. */
  elementOf(path: string): HTMLElement | undefined;
}

interface Drawn {
  readonly mark: Mark;
  readonly element: HTMLElement;
  at: { readonly lat: number; readonly lng: number };
}

const placesOf = (mark: Mark): readonly Place[] => {
  if (mark.kind === 'cluster') return [];
  return mark.kind === 'stack' ? mark.places : [mark.place];
};

function inside(mark: Mark, shapes: FlagShapes): Node {
  if (mark.kind === 'cluster' || mark.kind === 'stack') {
    const count = document.createElement('span');
    count.textContent = String(mark.kind === 'cluster' ? mark.count : mark.places.length);
    return count;
  }
  return shapes.shape(mark.place.kind === 'city' ? mark.place.flag : 'group');
}

function classOf(mark: Mark, selected: string | null): string {
  const names = ['map-mark', `map-mark--${mark.kind}`];
  if (mark.kind === 'cluster') names.push(`map-mark--of-${mark.of}`);
  if (mark.kind === 'city' && mark.place.kind === 'city') names.push(`flag--${mark.place.flag}`);
  if (placesOf(mark).some(({ slug }) => slug === selected)) names.push('is-selected');
  return names.join(' ');
}

function make(mark: Mark, shapes: FlagShapes, selected: string | null): HTMLElement {
  const holder = document.createElement('span');
  holder.className = 'map-mark-shape';
  holder.append(inside(mark, shapes));
  const button = document.createElement('button');
  button.type = 'button';
  button.className = classOf(mark, selected);
  button.setAttribute('aria-label', nameOf(mark, shapes.words));
  button.dataset['key'] = mark.key;
  button.dataset['marks'] = placesOf(mark)
    .map(({ href }) => href)
    .join(' ');
  button.append(holder);
  return button;
}

/** However small a mark looks, a finger needs 24 pixels of its own. */
const leastRadius = 12;

/** Flags give way least, then clusters, then single groups. */
const weightOf = (mark: Mark): number => (mark.kind === 'city' ? 6 : mark.kind === 'group' ? 1 : 2);

/** One listener for all marks: calls back with the mark that was opened, or that the focus has come to. */
function listen(
  map: LeafletMap,
  pane: HTMLElement,
  drawn: ReadonlyMap<string, Drawn>,
  open: (found: Drawn) => void,
): void {
  const find = (event: Event): Drawn | undefined =>
    event.target instanceof Element
      ? drawn.get(event.target.closest<HTMLElement>('.map-mark')?.dataset['key'] ?? '')
      : undefined;
  let dragged = false;
  map.on('dragend', () => {
    dragged = true;
  });
  map.getContainer().addEventListener('pointerdown', () => {
    dragged = false;
  });
  pane.addEventListener('click', (event) => {
    const found = find(event);
    if (!found) return;
    // What is meant for a mark is not meant for the map below it.
    event.stopPropagation();
    // A press of a key has no detail; letting go after a drag is no click.
    if (event.detail === 0 || !dragged) open(found);
  });
  pane.addEventListener('dblclick', (event) => event.stopPropagation());
  pane.addEventListener('focusin', (event) => {
    const found = find(event);
    if (found) map.panInside(found.at, { padding: [20, 20], animate: false });
  });
}

/** Adds the layer; `open` is called with the mark and its element when a visitor opens it. */
export function addMarkerLayer(
  map: LeafletMap,
  pins: Pins,
  marks: Marks,
  shapes: FlagShapes,
  selected: string | null,
  open: (mark: Mark, opener: HTMLElement, at: { lat: number; lng: number }) => void,
): MarkerLayer {
  const drawn = new Map<string, Drawn>();
  const byPath = new Map<string, string>();
  listen(map, pins.pane, drawn, ({ mark, element, at }) => open(mark, element, at));

  function refresh(): void {
    const zoom = map.getZoom();
    const bounds = map.getBounds().pad(0.25);
    const box: Box = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    const wanted = marks.within(box, zoom);
    const radii = wanted.map((mark) => radiusOf(mark, zoom));
    const places = spread(
      wanted.map((mark, index) => {
        const { x, y } = map.project([mark.lat, mark.lng], zoom);
        return {
          x,
          y,
          radius: Math.max(leastRadius, radii[index] ?? 0) + 1,
          weight: weightOf(mark),
        };
      }),
    );

    const keys = new Set(wanted.map(({ key }) => key));
    for (const [key, { element }] of drawn) {
      if (keys.has(key)) continue;
      pins.remove(element);
      drawn.delete(key);
    }
    byPath.clear();
    wanted.forEach((mark, index) => {
      const { x = 0, y = 0 } = places[index] ?? {};
      const at = map.unproject([x, y], zoom);
      const known = drawn.get(mark.key) ?? { mark, element: make(mark, shapes, selected), at };
      known.at = at;
      drawn.set(mark.key, known);
      known.element.style.setProperty('--radius', `${radii[index] ?? 0}px`);
      pins.put(known.element, at);
      for (const { href } of placesOf(mark)) byPath.set(href, mark.key);
    });
  }

  return {
    refresh,
    elementOf: (path) => drawn.get(byPath.get(path) ?? '')?.element,
  };
}
