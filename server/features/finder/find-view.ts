// What the page of an answer prints, and what is the same in every answer.
import type { Place } from '../../directory/places/places.ts';
import { paths } from '../../paths.ts';
import type { GroupCard } from '../../web/group-card.ts';
import type { MapView } from '../../web/map-view.ts';
import type { PageHead } from '../../web/render.ts';
import { type FindQuery, findPath } from './query.ts';

export interface Link {
  readonly label: string;
  readonly href: string;
}

export interface FindPage {
  readonly head: PageHead;
  /** The answer as one sentence; the question where nothing was asked yet. */
  readonly title: string;
  /** What is so and why, below the title; '' where the title says it all. */
  readonly text: string;
  /** What stays in the field. */
  readonly typed: string;
  readonly within: number;
  readonly action: string;
  /** Other places of that name, near spellings or examples, with the words that introduce them. */
  readonly choices: { readonly title: string; readonly links: readonly Link[] } | null;
  readonly distances: readonly (Link & { readonly current: boolean })[];
  readonly groups: readonly GroupCard[];
  /** The heading over the cards. */
  readonly groupsTitle: string;
  /** The next nearest ones outside the distance, where few are within it. */
  readonly farther: readonly GroupCard[];
  readonly partners: readonly {
    readonly name: string;
    readonly href: string;
    readonly text: string;
    readonly city: Link;
  }[];
  /** The heading over the partners. */
  readonly partnersTitle: string;
  /** Where one leaves an address to be told of a group; null where the answer has groups, and `next` has the link. */
  readonly tell: (Link & { readonly text: string }) | null;
  readonly next: readonly Link[];
  readonly map: MapView | null;
}

/** What an answer prints where it has nothing of its own. */
export const plainAnswer = (query: FindQuery) => ({
  text: '',
  typed: query.typed,
  within: query.withinMiles,
  action: paths.find,
  choices: null,
  distances: [],
  groups: [],
  groupsTitle: '',
  farther: [],
  partners: [],
  partnersTitle: '',
  tell: null,
  next: [],
  map: null,
});

/** A place as a link that asks for it at the same distance. */
export const toChoice = (place: Place, query: FindQuery): Link => ({
  label: place.name,
  href: findPath({ typed: place.name, withinMiles: query.withinMiles }),
});
