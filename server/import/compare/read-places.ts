// What a row's words for its place mean: a city of the directory or of the gazetteer, or a state or country alone.
// Where the words alone do not tell, the row's point does.
import type { Gazetteer, Place } from '../../directory/places/places.ts';
import { knowRegions, type Where } from '../../directory/places/regions.ts';
import { distanceMiles } from '../../domain/distance.ts';
import { fold } from '../../domain/fold.ts';
import type { City, Point } from '../../domain/records.ts';
import { usStates } from '../../domain/us-states.ts';
import { cityLabel } from '../../web/format.ts';
import type { NamedPlace } from '../preview.ts';

export interface PlaceReading {
  /** Null where no city is meant, or none that is known. */
  readonly place: NamedPlace | null;
  readonly state: string;
  /** '' where nothing is known. */
  readonly country: string;
  /** The code of a state of the United States that stands for another country's part here: `PR` of Brazil. */
  readonly foreignCode: string | null;
}

export interface PlaceReader {
  /** @param point where the row says it is, if it says so */
  read(words: string, point: Point | null): PlaceReading;
}

interface Candidates {
  /** Named so, the likeliest first. */
  readonly exact: readonly NamedPlace[];
  /** Spelt nearly so, or elsewhere: meant only if the row's point is there. */
  readonly near: readonly NamedPlace[];
  readonly region: Where | null;
  readonly code: string | null;
}

/** How far the point may be from a place that is only spelt nearly so, miles. */
const nearEnough = 25;
/** A near spelling takes a hundredth of a second to look for: a list with more unknown places goes without. */
const mostSearches = 400;
/** A state or a country that is a city too is meant as the city when that is big. */
const bigCity = 100_000;

const nowhere: Candidates = { exact: [], near: [], region: null, code: null };

/** Every code that names a country. */
const countryCodes = ((): readonly string[] => {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters.flatMap((one) => letters.map((other) => one + other));
  return codes.filter((code) => names.of(code) !== undefined && code !== 'ZZ' && code !== 'EU');
})();

export function readPlaces(gazetteer: Gazetteer, cities: readonly City[]): PlaceReader {
  const regions = knowRegions(countryCodes);
  const known = new Map(cities.map((city) => [fold(cityLabel(city)), toPlace(city)]));
  const kept = new Map<string, Candidates>();
  let searches = 0;

  const search = (words: string): Pick<Candidates, 'exact' | 'near'> => {
    if (searches >= mostSearches) return nowhere;
    const answer = gazetteer.find(words);
    if (answer.kind === 'unknown') searches += 1;
    return answer.kind === 'found'
      ? { exact: [answer.place, ...answer.others].flatMap(fromPlace), near: [] }
      : { exact: [], near: answer.suggestions.flatMap(fromPlace) };
  };
  const named = (name: string, { country, region }: Where): NamedPlace[] => {
    const state = country === 'US' ? region : '';
    const ours = known.get(fold(cityLabel({ name, state, country })));
    const place = gazetteer.centreOf(name, region, country);
    return ours ? [ours] : place ? fromPlace(place) : [];
  };
  const lookUp = (words: string): Candidates => {
    const parts = words
      .replace(/\([^)]*\)/g, ' ')
      .replace(/ - /g, ', ')
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
    const [name, ...rest] = parts;
    if (name === undefined) return nowhere;
    const ours = known.get(fold(words));
    const last = rest.at(-1);
    if (last === undefined) return lookUpAlone(name, ours);
    const inside = rest.length > 1 ? regions.read(rest.at(-2) ?? '') : [];
    const meant = regions.read(last);
    const narrow = inside.filter((one) => meant.some(({ country }) => country === one.country));
    const wheres = [...narrow, ...meant];
    const exact = ours ? [ours] : wheres.flatMap((where) => named(name, where));
    const code = /^[A-Z]{2}$/.test(last) && usStates.has(last) ? last : null;
    const region = wheres[0] ?? null;
    return exact.length > 0
      ? { exact, near: [], region, code }
      : { ...search(parts.join(', ')), region, code };
  };
  const lookUpAlone = (words: string, ours: NamedPlace | undefined): Candidates => {
    const [region] = regions.read(words);
    const end = regions.read(/\s(\S+)$/.exec(words)?.[1] ?? '')[0] ?? null;
    const found = ours ? { exact: [ours], near: [] } : search(words);
    if (!region) return { ...found, region: end, code: null };
    const isCity = gazetteer.find(words);
    const isBig = isCity.kind === 'found' && isCity.place.population >= bigCity;
    return isBig ? { ...found, region, code: null } : { ...nowhere, region };
  };

  return {
    read(words, point) {
      const key = words.trim();
      let candidates = kept.get(key);
      if (!candidates) {
        candidates = key === '' ? nowhere : lookUp(key);
        kept.set(key, candidates);
      }
      return choose(candidates, point);
    },
  };
}

function choose({ exact, near, region, code }: Candidates, point: Point | null): PlaceReading {
  const [first] = exact;
  const place =
    first === undefined
      ? nearest(near, point, nearEnough)
      : (nearest(exact, point, nearEnough) ?? first);
  const isForeign = place !== null && code !== null && place.country !== 'US';
  return {
    place,
    state: place ? place.state : region?.country === 'US' ? region.region : '',
    country: place?.country ?? region?.country ?? '',
    foreignCode: isForeign ? code : null,
  };
}

function nearest(
  places: readonly NamedPlace[],
  point: Point | null,
  most: number,
): NamedPlace | null {
  if (point === null) return null;
  let best: NamedPlace | null = null;
  let least = most;
  for (const place of places) {
    const miles = distanceMiles(place, point);
    if (miles <= least) [best, least] = [place, miles];
  }
  return best;
}

const toPlace = ({ name, state, country, lat, lng }: NamedPlace): NamedPlace => ({
  name,
  state,
  country,
  lat,
  lng,
});

/** "15213 Pittsburgh, PA" and "Pittsburgh, PA" both name Pittsburgh; bare coordinates name no city. */
function fromPlace({ kind, name, state, country, lat, lng }: Place): NamedPlace[] {
  if (kind === 'coordinates') return [];
  const city = name.replace(/^\d{5}\s+/, '').replace(/,[^,]*$/, '');
  return [{ name: city, state: country === 'US' ? state : '', country, lat, lng }];
}
