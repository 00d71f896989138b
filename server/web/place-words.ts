// Where a group stands in words: a city, a whole state or a whole country; and the names of states.
import { usStates } from '../domain/us-states.ts';
import { cityLabel, countryLabel } from './format.ts';

/** "North Carolina" for NC; the code itself where it names no state of the United States. */
export const stateLabel = (state: string): string => usStates.get(state) ?? state;

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
