// The address that asks for groups near a point. Needs no page.

/** About 100 metres: near enough for a group, and no more of the visitor's place than that leaves the browser. */
const digits = 3;

export function addressNear(action: string, lat: number, lng: number): string {
  const query = new URLSearchParams({ lat: lat.toFixed(digits), lng: lng.toFixed(digits) });
  return `${action}?${query}`;
}

/** What to tell the visitor; codes of GeolocationPositionError. */
export function wordsForFailure(code: number): string {
  if (code === 1) return 'Your browser did not share your location. Type a place instead.';
  if (code === 3) return 'Finding your location took too long. Try again, or type a place.';
  return 'Your location could not be found. Type a place instead.';
}
