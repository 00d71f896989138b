// The quiet mark on the place that the visitor asked for: a ring below all other marks, which opens nothing.
import { divIcon, type Map as LeafletMap, marker } from 'leaflet/dist/leaflet-src.esm.js';
import type { AskedPlace } from './settings.ts';

/** The stylesheet gives the ring its size and colour; the pointer goes through it. */
export function markAsked(map: LeafletMap, { name, lat, lng }: AskedPlace): void {
  const ring = marker([lat, lng], {
    icon: divIcon({ className: 'map-asked', iconSize: [44, 44] }),
    interactive: false,
    keyboard: false,
    zIndexOffset: -10_000,
  }).addTo(map);
  const element = ring.getElement();
  element?.setAttribute('role', 'img');
  element?.setAttribute('aria-label', name);
}
