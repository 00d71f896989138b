// The quiet mark on the place that the visitor asked for: a ring below all other marks, which opens nothing.
import type { Pins } from './pins.ts';
import type { AskedPlace } from './settings.ts';

/** The stylesheet gives the ring its size and colour; the pointer goes through it. */
export function markAsked(pins: Pins, { name, lat, lng }: AskedPlace): void {
  const ring = document.createElement('div');
  ring.className = 'map-asked';
  ring.setAttribute('role', 'img');
  ring.setAttribute('aria-label', name);
  pins.put(ring, [lat, lng]);
}
