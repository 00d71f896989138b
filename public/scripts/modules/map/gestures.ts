// Keeps the map from trapping the page: the wheel zooms only once the visitor has taken the map up, or with
// Ctrl; one finger scrolls the page, two move the map. What to do instead is said in words over the map.
import type { Map as LeafletMap } from 'leaflet/dist/leaflet-src.esm.js';

const wheelWords = 'Click the map, or hold Ctrl, to zoom with the wheel.';
const touchWords = 'Use two fingers to move the map, or tap it first.';

/** Shows words over the map for a moment. */
function makeHint(container: HTMLElement): (words: string) => void {
  const hint = document.createElement('p');
  hint.className = 'map-hint';
  hint.hidden = true;
  container.append(hint);
  let timer: number | undefined;
  return (words) => {
    hint.textContent = words;
    hint.hidden = false;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      hint.hidden = true;
    }, 1800);
  };
}

/** Takes over from Leaflet when the map listens; call once, right after the map is made. */
export function tameGestures(map: LeafletMap): void {
  const container = map.getContainer();
  const hint = makeHint(container);
  const byTouch = window.matchMedia('(pointer: coarse)').matches;
  map.scrollWheelZoom.disable();
  if (byTouch) map.dragging.disable();

  const wake = (): void => {
    map.scrollWheelZoom.enable();
    if (byTouch) map.dragging.enable();
  };
  const rest = (): void => {
    map.scrollWheelZoom.disable();
    if (byTouch) map.dragging.disable();
  };
  map.on('click', wake);
  document.addEventListener('pointerdown', (event) => {
    if (event.target instanceof Node && !container.contains(event.target)) rest();
  });
  container.addEventListener('mouseleave', () => {
    if (!byTouch) rest();
  });

  container.addEventListener(
    'wheel',
    (event) => {
      const held = event.ctrlKey || event.metaKey;
      if (map.scrollWheelZoom.enabled()) return;
      if (!held) return hint(wheelWords);
      // Leaflet's own handler sees this one turn of the wheel, and no other.
      map.scrollWheelZoom.enable();
      window.setTimeout(() => map.scrollWheelZoom.disable());
    },
    { passive: true, capture: true },
  );
  container.addEventListener(
    'touchmove',
    (event) => {
      if (event.touches.length === 1 && !map.dragging.enabled()) hint(touchWords);
    },
    { passive: true },
  );
}
