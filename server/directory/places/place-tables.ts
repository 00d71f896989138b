// Questions to the packed tables: which places have a key, begin with it, come near it; which ZIP codes there are.
// A place is its number here, and the smaller number is the bigger place; reading what a person typed is left to read-typed.ts.
import { degree, type GazetteerTables } from './gazetteer-file.ts';
import { lettersOf, mayBeNear, mostSlips, slipsBetween } from './near-spelling.ts';
import type { Place } from './places.ts';
import { countryName, type Where } from './regions.ts';

/** Every name of two letters is near every other. */
const shortestMisspelt = 3;

export type PlaceTest = (place: number) => boolean;

export interface NearKey {
  readonly place: number;
  readonly slips: number;
}

export interface PlaceTables {
  /** Places with exactly this key, biggest first. */
  withKey(key: string): number[];
  /** The biggest places whose key begins so and that pass, at most `limit`. */
  beginning(prefix: string, passes: PlaceTest, limit: number): number[];
  /** Places whose key is at most two slips away (one from a short key, none from fewer than three letters) and that pass; in no order. */
  near(key: string, passes: PlaceTest): NearKey[];
  /** The biggest places of a state. */
  biggestIn(where: Where, limit: number): number[];
  /** Passes for the places in any of these parts of the world; all pass where the list is empty. */
  within(wheres: readonly Where[]): PlaceTest;
  populationOf(place: number): number;
  toPlace(place: number): Place;
  /** The ZIP code's point and town, or undefined. */
  findZip(zip: string): Place | undefined;
  /** ZIP codes that begin so, ascending. */
  zipsBeginning(digits: string, limit: number): Place[];
}

/** The first number from `from` up to `to` for which the test holds; `to` where it never does. */
function firstWhere(from: number, to: number, test: (at: number) => boolean): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Keeps the smallest numbers, each once, in order. */
function keepSmallest(limit: number) {
  const kept: number[] = [];
  return {
    kept,
    offer(number: number): void {
      if (kept.length === limit && number >= (kept[limit - 1] as number)) return;
      const at = firstWhere(0, kept.length, (place) => (kept[place] as number) >= number);
      if (kept[at] === number) return;
      kept.splice(at, 0, number);
      if (kept.length > limit) kept.pop();
    },
  };
}

/** Makes the questions over the tables; nothing is copied. */
export function askTables(tables: GazetteerTables): PlaceTables {
  const { keyStart, keyPlace, keyLetters, zip } = tables;
  const keys = Buffer.from(tables.keys.buffer, tables.keys.byteOffset, tables.keys.byteLength);
  const names = Buffer.from(tables.names.buffer, tables.names.byteOffset, tables.names.byteLength);
  const at = (column: Uint32Array | Int32Array | Uint8Array, number: number): number =>
    column[number] as number;
  const endOf = (key: number): number => at(keyStart, key + 1);

  /** The keys that begin with these bytes: from the first to before the last. */
  const rangeOf = (prefix: Buffer): [number, number] => {
    const compare = (key: number): number => {
      const start = at(keyStart, key);
      const end = Math.min(endOf(key), start + prefix.length);
      return keys.compare(prefix, 0, prefix.length, start, end);
    };
    const from = firstWhere(0, keyPlace.length, (key) => compare(key) >= 0);
    return [from, firstWhere(from, keyPlace.length, (key) => compare(key) > 0)];
  };

  const within = (wheres: readonly Where[]): PlaceTest => {
    if (wheres.length === 0) return () => true;
    const pairs = wheres.map(({ country, region }) => ({
      country: tables.countries.indexOf(country),
      region: region === '' ? null : tables.regions.indexOf(region),
    }));
    return (place) =>
      pairs.some(
        ({ country, region }) =>
          at(tables.country, place) === country &&
          (region === null || at(tables.region, place) === region),
      );
  };

  const toPlace = (place: number): Place => {
    const name = names.toString(
      'utf8',
      at(tables.nameStart, place),
      at(tables.nameStart, place + 1),
    );
    const country = tables.countries[at(tables.country, place)] as string;
    const state = country === 'US' ? (tables.regions[at(tables.region, place)] as string) : '';
    return {
      name: nameWithRegion(name, state, country),
      kind: 'city',
      state,
      country,
      population: at(tables.population, place),
      lat: at(tables.lat, place) / degree,
      lng: at(tables.lng, place) / degree,
    };
  };

  const toZip = (number: number): Place => {
    const town = toPlace(at(tables.zipPlace, number));
    return {
      ...town,
      kind: 'zip',
      name: `${String(at(zip, number)).padStart(5, '0')} ${town.name}`,
      population: 0,
      lat: at(tables.zipLat, number) / degree,
      lng: at(tables.zipLng, number) / degree,
    };
  };
  const zipFrom = (value: number): number =>
    firstWhere(0, zip.length, (number) => at(zip, number) >= value);

  return {
    withKey(key) {
      const bytes = Buffer.from(key);
      const [from, to] = rangeOf(bytes);
      const found = keepSmallest(Number.POSITIVE_INFINITY);
      for (let number = from; number < to; number += 1) {
        if (endOf(number) - at(keyStart, number) !== bytes.length) break;
        found.offer(at(keyPlace, number));
      }
      return found.kept;
    },
    beginning(prefix, passes, limit) {
      const [from, to] = rangeOf(Buffer.from(prefix));
      const found = keepSmallest(limit);
      for (let number = from; number < to; number += 1) {
        const place = at(keyPlace, number);
        if (passes(place)) found.offer(place);
      }
      return found.kept;
    },
    near(key, passes) {
      const typed = Buffer.from(key);
      if (typed.length < shortestMisspelt) return [];
      const letters = lettersOf(typed);
      const most = typed.length < 5 ? 1 : mostSlips;
      const found: NearKey[] = [];
      for (let number = 0; number < keyPlace.length; number += 1) {
        if (!mayBeNear(letters, at(keyLetters, number))) continue;
        const slips = slipsBetween(typed, keys, at(keyStart, number), endOf(number));
        const place = at(keyPlace, number);
        if (slips <= most && passes(place)) found.push({ place, slips });
      }
      return found;
    },
    biggestIn(where, limit) {
      const passes = within([where]);
      const found: number[] = [];
      for (let place = 0; place < tables.lat.length && found.length < limit; place += 1) {
        if (passes(place)) found.push(place);
      }
      return found;
    },
    within,
    populationOf: (place) => at(tables.population, place),
    toPlace,
    findZip(digits) {
      const number = zipFrom(Number(digits));
      return number < zip.length && at(zip, number) === Number(digits) ? toZip(number) : undefined;
    },
    zipsBeginning(digits, limit) {
      const span = 10 ** (5 - digits.length);
      const from = zipFrom(Number(digits) * span);
      const to = Math.min(zipFrom((Number(digits) + 1) * span), from + limit);
      return Array.from({ length: Math.max(0, to - from) }, (_, step) => toZip(from + step));
    },
  };
}

/** `Springfield, MO`, `Toronto, Canada`. GeoNames writes `Washington, D.C.`: the district is said once. */
function nameWithRegion(name: string, state: string, country: string): string {
  if (country !== 'US') return `${name}, ${countryName(country)}`;
  return state === 'DC' ? `${name.replace(/, D\.C\.$/, '')}, DC` : `${name}, ${state}`;
}
