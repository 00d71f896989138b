// Draws the marks of the part in view as Leaflet markers, and changes only what differs after a move.
// Which marks there are is decided in marks.ts; what opening one does is told by the caller.
import {
  type DivIcon,
  type DivIconOptions,
  divIcon,
  type Map as LeafletMap,
  type Marker,
  marker,
} from 'leaflet/dist/leaflet-src.esm.js';
import { type Box, type Mark, type Marks, nameOf, radiusOf } from './marks.ts';
import type { Place } from './places.ts';
import type { FlagShapes } from './popup-content.ts';
import { spread } from './spread.ts';

export interface MarkerLayer {
  /** Draws again for the present view. */
  refresh(): void;
  /** The element on the map for a place by its page's path, unless it is inside a cluster. */
  elementOf(path: string): HTMLElement | undefined;
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

function iconOf(mark: Mark, shapes: FlagShapes, selected: string | null): DivIcon {
  const holder = document.createElement('span');
  holder.className = 'map-mark-shape';
  holder.append(inside(mark, shapes));
  // No size here: the stylesheet makes one from --radius, which changes with the zoom.
  const sizedByStyle = { iconSize: null } as unknown as DivIconOptions;
  return divIcon({ ...sizedByStyle, html: holder, className: classOf(mark, selected) });
}

/** However small a mark looks, a finger needs 24 pixels of its own. */
const leastRadius = 12;

/** Flags give way least, then clusters, then single groups. */
const weightOf = (mark: Mark): number => (mark.kind === 'city' ? 6 : mark.kind === 'group' ? 1 : 2);

/** Adds the layer; `open` is called with the mark and its element when a visitor opens it. */
export function addMarkerLayer(
  map: LeafletMap,
  marks: Marks,
  shapes: FlagShapes,
  selected: string | null,
  open: (mark: Mark, opener: HTMLElement, at: { lat: number; lng: number }) => void,
): MarkerLayer {
  const drawn = new Map<string, Marker>();
  const byPath = new Map<string, string>();

  function make(mark: Mark): Marker {
    const icon = iconOf(mark, shapes, selected);
    const made = marker([mark.lat, mark.lng], {
      icon,
      riseOnHover: true,
      zIndexOffset: mark.kind === 'city' ? 1000 : 0,
    });
    made.on('add', () => {
      const element = made.getElement();
      if (!element) return;
      element.setAttribute('aria-label', nameOf(mark, shapes.words));
      element.dataset['marks'] = placesOf(mark)
        .map(({ href }) => href)
        .join(' ');
      element.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        open(mark, element, made.getLatLng());
      });
    });
    made.on('click', () => {
      const element = made.getElement();
      if (element) open(mark, element, made.getLatLng());
    });
    return made;
  }

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
    for (const [key, old] of drawn) {
      if (keys.has(key)) continue;
      old.remove();
      drawn.delete(key);
    }
    byPath.clear();
    wanted.forEach((mark, index) => {
      const radius = radii[index] ?? 0;
      const { x = 0, y = 0 } = places[index] ?? {};
      const known = drawn.get(mark.key);
      const current = (known ?? make(mark)).setLatLng(map.unproject([x, y], zoom));
      if (!known) drawn.set(mark.key, current.addTo(map));
      current.getElement()?.style.setProperty('--radius', `${radius}px`);
      for (const { href } of placesOf(mark)) byPath.set(href, mark.key);
    });
  }

  return {
    refresh,
    elementOf: (path) => drawn.get(byPath.get(path) ?? '')?.getElement(),
  };
}
