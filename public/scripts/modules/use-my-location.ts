// The button that asks the browser where the visitor is and finds groups near there. It is hidden in the
// markup and shown here, because without script or without geolocation it could do nothing.
import { addressNear, wordsForFailure } from './use-my-location/address.ts';

const patienceMs = 10_000;

/** Starts on the button; `data-action` is the address that takes `lat` and `lng`. */
export function startUseMyLocation(element: HTMLElement): void {
  if (!('geolocation' in navigator) || !window.isSecureContext) return;
  const action = element.dataset['action'] ?? '/find';
  const status = document.createElement('span');
  status.className = 'use-my-location-status';
  status.setAttribute('role', 'status');
  element.after(status);
  element.hidden = false;

  const say = (words: string): void => {
    status.textContent = words;
  };
  element.addEventListener('click', () => {
    say('Finding your location …');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => location.assign(addressNear(action, coords.latitude, coords.longitude)),
      ({ code }) => say(wordsForFailure(code)),
      { timeout: patienceMs, maximumAge: 600_000 },
    );
  });
}
