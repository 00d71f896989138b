// What place search answers. The index is built once by build-gazetteer.ts and loaded by load-gazetteer.ts.
import type { Point } from '../../domain/records.ts';

export interface Place extends Point {
  /** As a person writes it: "Springfield, MO", "15213 Pittsburgh, PA", "Toronto, Canada". */
  readonly name: string;
  readonly kind: 'zip' | 'city' | 'coordinates';
  /** Two-letter state in the United States, else ''. */
  readonly state: string;
  /** ISO 3166-1 alpha-2, or '' for bare coordinates. */
  readonly country: string;
  /** 0 where unknown. */
  readonly population: number;
}

export type PlaceAnswer =
  /** One place is meant. `others` holds further places of that name, biggest first, to offer as a choice. */
  | { readonly kind: 'found'; readonly place: Place; readonly others: readonly Place[] }
  /** Nothing of that name. `suggestions` are near spellings, best first; may be empty. */
  | { readonly kind: 'unknown'; readonly suggestions: readonly Place[] };

export interface Gazetteer {
  /** Answers what a person typed: ZIP code, "city", "city, ST", "city, country", "lat, lng". Never throws. */
  find(typed: string): PlaceAnswer;
  /** Places that begin with what was typed, biggest first, for typing ahead. */
  complete(typed: string, limit: number): readonly Place[];
  /** The gazetteer's own centre of a named city, or undefined. */
  centreOf(name: string, state: string, country: string): Place | undefined;
}
