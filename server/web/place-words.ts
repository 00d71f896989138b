// Where a group stands in words: a city, a whole state or a whole country; and the names of states.
import type { Directory } from '../directory/directory.ts';
import { usStates } from '../domain/us-states.ts';
import { cityLabel, countryLabel } from './format.ts';

/** "North Carolina" for NC; the code itself where it names no state of the United States. */
export const stateLabel = (state: string): string => usStates.get(state) ?? state;

/** "Pittsburgh, PA" for its slug; the slug itself where the directory has no such city. */
export function cityNamed(directory: Pick<Directory, 'findCity'>, slug: string): string {
  const city = directory.findCity(slug);
  return city ? cityLabel(city) : slug;
}

/** "Pittsburgh, PA", "All of North Carolina", "Ireland, the whole country". */
export function groupPlace(group: {
  readonly cityEntry: {
    readonly name: string;
    readonly state: string;
    readonly country: string;
  } | null;
  readonly state: string;
  readonly country: string;
}): string {
  if (group.cityEntry) return cityLabel(group.cityEntry);
  if (group.state !== '') return `All of ${stateLabel(group.state)}`;
  return `${countryLabel(group.country)}, the whole country`;
}
