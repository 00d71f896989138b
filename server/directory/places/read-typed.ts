// Reads what a person typed into the search field: coordinates, a ZIP code, or a name with or without
// the part of the world it is in. Whether there is such a place is left to find-place.ts.
import type { Point } from '../../domain/records.ts';
import { placeKey } from './place-key.ts';
import type { Regions, Where } from './regions.ts';

/** Longer input is cut before anything looks at it. */
export const longestTyped = 120;

/** One way to understand what was typed. */
export interface Reading {
  readonly key: string;
  /** Empty means anywhere. */
  readonly wheres: readonly Where[];
}

const number = String.raw`([-+]?\d{1,3}(?:\.\d{0,12})?)\s*°?`;
const pair = new RegExp(String.raw`^\(?\s*${number}\s*[,;\s]\s*${number}\s*\)?$`);

/** `40.44, -79.99`: undefined when it is not a pair of numbers, null when there is no such point. */
export function readCoordinates(typed: string): Point | null | undefined {
  const [, latText, lngText] = pair.exec(typed) ?? [];
  if (latText === undefined || lngText === undefined) return undefined;
  const point = { lat: Number(latText), lng: Number(lngText) };
  return Math.abs(point.lat) <= 90 && Math.abs(point.lng) <= 180 ? point : null;
}

/** A ZIP code at the end, and what stands before it: `Pittsburgh, PA 15213-4002`. */
export function readZip(typed: string): { zip: string; before: string } | undefined {
  const [, before, zip] = /^(|.*[\s,])(\d{5})(?:[-\s]?\d{4})?$/.exec(typed) ?? [];
  if (before === undefined || zip === undefined) return undefined;
  return { zip, before: before.replace(/[\s,]+$/, '') };
}

/** A ZIP code before its state, and nothing else: `15213, PA`. A street's number is no ZIP code. */
export function readZipFirst(
  typed: string,
  regions: Regions,
): { zip: string; before: string } | undefined {
  const [, zip, state] = /^(\d{5})(?:-\d{4})?[\s,]+(\D+)$/.exec(typed) ?? [];
  if (zip === undefined || state === undefined) return undefined;
  return regions.read(state).length > 0 ? { zip, before: state } : undefined;
}

/** Parts of the world that both readings allow: a state within the country named after it. */
const narrowed = (wide: readonly Where[], narrow: readonly Where[]): Where[] =>
  narrow.filter((one) => wide.some((other) => other.country === one.country && one.region !== ''));

/** `city, state`, `city, state, country`, `street, city, state`: from the right, the first part as the city first. */
function readParts(parts: readonly string[], regions: Regions): Reading[] {
  const last = regions.read(parts.at(-1) as string);
  if (last.length === 0) return [];
  const readings: Reading[] = [];
  const read = (names: readonly string[], wheres: readonly Where[]): void => {
    for (const name of names) readings.push({ key: placeKey(name), wheres });
  };
  if (parts.length > 2) {
    const inside = narrowed(last, regions.read(parts.at(-2) as string));
    if (inside.length > 0) read(parts.slice(0, -2), inside);
  }
  // Each meaning of its own, states before countries: `Toronto, CA` is not looked for in California alone.
  for (const where of last) read(parts.slice(0, -1), [where]);
  return readings;
}

/** `Springfield MO`, `Springfield Missouri`, `Portland New Hampshire`: up to three words name the state or country. */
function readWords(words: readonly string[], regions: Regions): Reading[] {
  const readings: Reading[] = [];
  for (let count = 1; count <= 3 && count < words.length; count += 1) {
    const name = words.slice(0, -count).join(' ');
    for (const where of regions.read(words.slice(-count).join(' '))) {
      readings.push({ key: placeKey(name), wheres: [where] });
    }
  }
  return readings;
}

/** Every way to understand a name, the likeliest first; the bare name last where a part of the world was given. */
export function readName(typed: string, regions: Regions): Reading[] {
  const parts = typed
    .split(',')
    .map((part) => part.trim())
    .filter((part) => placeKey(part) !== '')
    .slice(0, 5);
  const [only] = parts;
  if (only === undefined) return [];
  const readings = [
    ...(parts.length > 1 ? readParts(parts, regions) : []),
    ...(parts.length === 1 ? readWords(only.split(/\s+/).slice(0, 12), regions) : []),
    ...(parts.length === 1 ? [{ key: placeKey(only), wheres: [] }] : []),
  ];
  return readings.filter((reading) => reading.key !== '');
}
