// Turns the place that somebody typed into a city with its centre, or into a choice of cities.
import type { Gazetteer, Place } from '../directory/places/places.ts';
import { fold } from '../domain/fold.ts';
import type { City } from '../domain/records.ts';
import { cityLabel } from '../web/format.ts';

/** A city of the gazetteer; whether the directory has it already is left to others. */
export type NamedCity = Omit<City, 'slug'>;

export type PlaceReading =
  | { readonly kind: 'found'; readonly city: NamedCity }
  /** Which one is meant? In words that find it: "Springfield, MO". */
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  /** Near spellings, best first; may be empty. */
  | { readonly kind: 'unknown'; readonly choices: readonly string[] };

const mostChoices = 6;

/** "15213 Pittsburgh, PA" and "Pittsburgh, PA" both name Pittsburgh. */
function toCity({ name, state, country, lat, lng }: Place): NamedCity {
  const city = name.replace(/^\d{5}\s+/, '').replace(/,[^,]*$/, '');
  return { name: city, state: country === 'US' ? state : '', country, lat, lng };
}

const labelsOf = (places: readonly Place[]): string[] => [
  ...new Set(places.map((place) => cityLabel(toCity(place)))),
];

/** @param choice one of the choices offered before, or '' */
export function readPlace(places: Gazetteer, typed: string, choice: string): PlaceReading {
  const answer = places.find(typed);
  const all = answer.kind === 'found' ? [answer.place, ...answer.others] : answer.suggestions;
  const cities = all.filter((place) => place.kind !== 'coordinates');
  const offered = labelsOf(cities).slice(0, mostChoices);
  const chosen = cities.find((place) => cityLabel(toCity(place)) === choice);
  if (chosen) return { kind: 'found', city: toCity(chosen) };
  const [first] = cities;
  if (answer.kind === 'unknown' || !first) return { kind: 'unknown', choices: offered };
  const isPlain = offered.length === 1 || fold(typed) === fold(cityLabel(toCity(first)));
  return isPlain ? { kind: 'found', city: toCity(first) } : { kind: 'choice', choices: offered };
}
