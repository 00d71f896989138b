// What part of the world a map shows, and how it stands in the address: `map=lat,lng,zoom`.
// Needs no page, so that tests read it directly.

export interface View {
  readonly lat: number;
  readonly lng: number;
  readonly zoom: number;
}

/** The name of the view in an address. */
export const viewName = 'map';

/** Reads `38.63,-90.2,6`; anything else, or a point off the earth, is undefined. */
export function parseView(text: string | null | undefined): View | undefined {
  const parts = (text ?? '').split(',');
  if (parts.length !== 3 || parts.some((part) => part.trim() === '')) return undefined;
  const [lat = NaN, lng = NaN, zoom = NaN] = parts.map(Number);
  if (!(Math.abs(lat) <= 90 && Math.abs(lng) <= 180 && zoom >= 0 && zoom <= 20)) return undefined;
  return { lat, lng, zoom };
}

/** Reads `38.63,-90.2`; anything else, or a point off the earth, is undefined. */
export function parsePoint(text: string | null | undefined): Omit<View, 'zoom'> | undefined {
  const view = parseView(text ? `${text},0` : text);
  return view && { lat: view.lat, lng: view.lng };
}

const short = (value: number, digits: number): string => String(Number(value.toFixed(digits)));

/** Writes a view as short as it can be read back to the same picture; longitudes are brought home. */
export function formatView({ lat, lng, zoom }: View): string {
  const home = ((((lng + 180) % 360) + 360) % 360) - 180;
  const digits = zoom >= 10 ? 4 : 2;
  return [short(lat, digits), short(home, digits), short(zoom, 1)].join(',');
}

/** The same address with this view; the rest of its query stays in order. `null` takes the view out. */
export function withView(address: string, view: View | null): string {
  const [before = '', hash] = address.split('#', 2);
  const [path = '', query = ''] = before.split('?', 2);
  const search = new URLSearchParams(query);
  search.delete(viewName);
  const rest = search.toString();
  const mine = view ? `${viewName}=${formatView(view)}` : '';
  const whole = [rest, mine].filter((part) => part !== '').join('&');
  return `${path}${whole === '' ? '' : `?${whole}`}${hash === undefined ? '' : `#${hash}`}`;
}
