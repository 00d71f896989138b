// Opens one popup at a time on the map and gives the focus back to its mark when it closes.
import { type Map as LeafletMap, popup } from 'leaflet/dist/leaflet-src.esm.js';

export interface Popups {
  /** `byKeyboard` moves the focus into the popup. */
  open(
    at: { lat: number; lng: number },
    title: string,
    content: HTMLElement,
    opener: HTMLElement,
  ): void;
}

/** Call once per map. */
export function popupsOn(map: LeafletMap, reducedMotion: boolean): Popups {
  const shown = popup({
    className: 'map-popup-frame',
    maxWidth: 280,
    minWidth: 160,
    offset: [0, -4],
    // Leaflet's own way into view is always animated.
    autoPan: !reducedMotion,
    closeOnEscapeKey: false,
  });
  let opener: HTMLElement | undefined;

  const close = (): void => {
    map.closePopup(shown);
  };
  map.getContainer().addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !map.hasLayer(shown)) return;
    event.stopPropagation();
    close();
  });
  map.on('popupclose', () => {
    const focused = document.activeElement;
    const lost = focused === document.body || shown.getElement()?.contains(focused);
    if (!lost && focused !== opener) return;
    const back = opener?.isConnected ? opener : map.getContainer();
    back.focus({ preventScroll: true });
  });

  return {
    open(at, title, content, from) {
      opener = from;
      shown.setLatLng(at).setContent(content).openOn(map);
      if (reducedMotion) {
        map.panInside(at, {
          paddingTopLeft: [150, 160],
          paddingBottomRight: [150, 10],
          animate: false,
        });
      }
      const frame = shown.getElement();
      frame?.setAttribute('role', 'dialog');
      frame?.setAttribute('aria-label', title);
      content.querySelector('a')?.focus({ preventScroll: true });
    },
  };
}
