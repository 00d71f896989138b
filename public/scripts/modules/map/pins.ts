// Keeps elements at their places while the map moves and zooms, as Leaflet does with its own layers.
import {
  DomUtil,
  type LatLngExpression,
  type Map as LeafletMap,
  type Point,
} from 'leaflet/dist/leaflet-src.esm.js';

/** Where a place will be among the layers once the zoom that is under way has ended. */
export function pointAfterZoom(
  map: LeafletMap,
  at: LatLngExpression,
  center: LatLngExpression,
  zoom: number,
): Point {
  const moved = DomUtil.getPosition(map.getPane('mapPane') as HTMLElement);
  const half = map.getSize().divideBy(2);
  const origin = map.project(center, zoom).subtract(half).add(moved).round();
  return map.project(at, zoom).subtract(origin).round();
}

export interface Pins {
  /** Adds an element, or moves one, to a place. */
  put(element: HTMLElement, at: LatLngExpression): void;
  remove(element: HTMLElement): void;
  readonly pane: HTMLElement;
}

/** Pins elements on the map in a pane; the stylesheet centers them on their place. */
export function pinsOn(map: LeafletMap): Pins {
  const pane = map.getPane('markerPane') as HTMLElement;
  const places = new Map<HTMLElement, LatLngExpression>();
  map.on('zoom viewreset', () => {
    for (const [element, at] of places) DomUtil.setPosition(element, map.latLngToLayerPoint(at));
  });
  map.on('zoomanim', ({ center, zoom }) => {
    for (const [element, at] of places) {
      DomUtil.setPosition(element, pointAfterZoom(map, at, center, zoom));
    }
  });
  return {
    pane,
    put(element, at) {
      DomUtil.setPosition(element, map.latLngToLayerPoint(at).round());
      if (!places.has(element)) {
        element.classList.add('map-pin', 'leaflet-zoom-animated');
        pane.append(element);
      }
      places.set(element, at);
    },
    remove(element) {
      places.delete(element);
      element.remove();
    },
  };
}
