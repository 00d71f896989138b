// Place search: turns what was typed into a place, a choice of places, or near spellings.
import type { GazetteerTables } from './gazetteer-file.ts';
import { placeKey } from './place-key.ts';
import { askTables, type PlaceTables } from './place-tables.ts';
import type { Gazetteer, Place, PlaceAnswer } from './places.ts';
import {
  longestTyped,
  type Reading,
  readCoordinates,
  readName,
  readZip,
  readZipFirst,
} from './read-typed.ts';
import { knowRegions, type Regions, type Where } from './regions.ts';

const mostOthers = 10;
const mostSuggestions = 5;
const mostCompleted = 50;
/** A bare state's name means a city only when that city is this big: New York, not California, MD. */
const cityOverState = 100_000;

const unknown = (suggestions: readonly Place[] = []): PlaceAnswer => ({
  kind: 'unknown',
  suggestions,
});

/** Places of one name in one country look alike to a reader: the first stands for them. */
function distinct(places: readonly Place[], limit: number): Place[] {
  const byName = new Map<string, Place>();
  for (const place of places) if (!byName.has(place.name)) byName.set(place.name, place);
  return [...byName.values()].slice(0, limit);
}

/** A bigger place is likelier meant: each slip weighs as much as a city thirty times as big. */
const likelihood = (tables: PlaceTables, place: number, slips: number): number =>
  Math.log10(tables.populationOf(place) + 10) - 1.5 * slips;

function suggest(tables: PlaceTables, readings: readonly Reading[]): Place[] {
  const scores = new Map<number, number>();
  const looked = new Set<string>();
  for (const { key, wheres } of readings.slice(0, 4)) {
    const question = JSON.stringify([key, wheres]);
    if (looked.has(question)) continue;
    looked.add(question);
    for (const { place, slips } of tables.near(key, tables.within(wheres))) {
      const score = likelihood(tables, place, slips);
      if (score > (scores.get(place) ?? Number.NEGATIVE_INFINITY)) scores.set(place, score);
    }
  }
  const best = [...scores].sort((one, other) => other[1] - one[1] || one[0] - other[0]);
  return distinct(
    best.slice(0, 4 * mostSuggestions).map(([place]) => tables.toPlace(place)),
    mostSuggestions,
  );
}

function found(tables: PlaceTables, places: readonly number[]): PlaceAnswer {
  const all = distinct(
    places.slice(0, 4 * mostOthers).map((place) => tables.toPlace(place)),
    mostOthers + 1,
  );
  const [place, ...others] = all;
  return place ? { kind: 'found', place, others } : unknown();
}

/** What to offer for a bare state or country: its biggest cities, then the places of that name. */
function citiesOf(tables: PlaceTables, region: Where, named: readonly number[]): Place[] {
  const places = [...tables.biggestIn(region, 3), ...named];
  return distinct(
    places.map((place) => tables.toPlace(place)),
    mostSuggestions,
  );
}

/** What was typed without its last part or word, anywhere: `Pittsburgh Pensylvania`. */
function withoutRegion(typed: string): Reading[] {
  const name = typed.includes(',') ? typed.replace(/,.*$/, '') : typed.replace(/\s*\S+$/, '');
  return [{ key: placeKey(name), wheres: [] }];
}

function findName(tables: PlaceTables, regions: Regions, typed: string): PlaceAnswer {
  const readings = readName(typed, regions);
  const hits = readings
    .map(({ key, wheres }) => tables.withKey(key).filter(tables.within(wheres)))
    .filter((places) => places.length > 0);
  const region = hits.length === 0 ? regions.read(typed)[0] : regions.stateNamed(typed);
  const bare = hits.at(-1)?.[0];
  if (region && (bare === undefined || tables.populationOf(bare) < cityOverState)) {
    return unknown(citiesOf(tables, region, hits[0] ?? []));
  }
  if (typed.includes(',')) {
    if (hits[0]) return found(tables, hits[0]);
  } else if (hits.length > 0) {
    // Without a comma the biggest of the places meant wins: a smaller number is a bigger place.
    return found(
      tables,
      hits.reduce((best, places) => ((places[0] as number) < (best[0] as number) ? places : best)),
    );
  }
  // Near spellings where it was said to be; else, the state may be misspelt too, wherever the name is.
  const near = suggest(tables, readings);
  return unknown(near.length > 0 ? near : suggest(tables, withoutRegion(typed)));
}

function findZip(tables: PlaceTables, regions: Regions, zip: string, before: string): PlaceAnswer {
  const place = tables.findZip(zip);
  const named = before === '' ? unknown() : findName(tables, regions, before);
  if (named.kind === 'found' && named.place.state !== place?.state) return named;
  if (place) return { kind: 'found', place, others: [] };
  return unknown(tables.zipsBeginning(zip.slice(0, 4), mostSuggestions));
}

function completeName(
  tables: PlaceTables,
  regions: Regions,
  typed: string,
  limit: number,
): Place[] {
  const [name = '', ...rest] = typed.split(',');
  const key = placeKey(name);
  if (key === '') return [];
  const region = rest.join(' ').trim();
  const numbers =
    region === ''
      ? tables.beginning(key, () => true, 4 * limit)
      : tables.withKey(key).filter(beginsIn(tables, regions, region));
  return distinct(
    numbers.slice(0, 4 * limit).map((place) => tables.toPlace(place)),
    limit,
  );
}

/** `Springfield, M` and `Springfield, Miss`: by what the region reads as, else by how its code begins. */
function beginsIn(
  tables: PlaceTables,
  regions: Regions,
  typed: string,
): (place: number) => boolean {
  const wheres = regions.read(typed);
  if (wheres.length > 0) return tables.within(wheres);
  const begin = typed.toUpperCase();
  return (place) => {
    const { state, country } = tables.toPlace(place);
    return (state === '' ? country : state).startsWith(begin);
  };
}

/** Place search over the tables. Every answer takes at most a few milliseconds: input is cut to 120 characters. */
export function findPlaces(gazetteer: GazetteerTables): Gazetteer {
  const tables = askTables(gazetteer);
  const regions = knowRegions(gazetteer.countries.filter((code) => code !== ''));
  const clean = (typed: string): string => typed.slice(0, longestTyped).replace(/\s+/g, ' ').trim();
  return {
    find(typed) {
      const text = clean(typed);
      const point = readCoordinates(text);
      if (point === null) return unknown();
      if (point) {
        const name = `${point.lat}, ${point.lng}`;
        const where = { kind: 'coordinates', state: '', country: '', population: 0 } as const;
        return { kind: 'found', place: { name, ...where, ...point }, others: [] };
      }
      const zip = readZip(text) ?? readZipFirst(text, regions);
      if (zip) return findZip(tables, regions, zip.zip, zip.before);
      return findName(tables, regions, text);
    },
    complete(typed, limit) {
      const text = clean(typed);
      const most = Math.min(Math.max(0, Math.floor(limit) || 0), mostCompleted);
      if (most === 0) return [];
      if (/^\d{1,5}$/.test(text)) return tables.zipsBeginning(text, most);
      return completeName(tables, regions, text, most);
    },
    centreOf(name, state, country) {
      const region = country === 'US' ? state : '';
      const [place] = tables.withKey(placeKey(name)).filter(tables.within([{ country, region }]));
      return place === undefined ? undefined : tables.toPlace(place);
    },
  };
}
