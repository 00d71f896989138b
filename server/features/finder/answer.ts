// The answer to "which civic tech groups are near this place", before it is put into words.
import type { Directory, GroupInReach, PartnerEntry } from '../../directory/directory.ts';
import type { Gazetteer, Place } from '../../directory/places/places.ts';
import { distanceMiles, greatestDistanceMiles } from '../../domain/distance.ts';
import type { Point } from '../../domain/records.ts';
import type { FindQuery } from './query.ts';

/** Several, never one: the nearest may have been asleep for years. */
const leastShown = 3;

/** Beyond these a person narrows the circle rather than reading on. */
export const mostShown = 50;

export interface PartnerNearby {
  readonly partner: PartnerEntry;
  readonly distanceMiles: number;
  /** Whether the place lies within the partner's reach. */
  readonly inReach: boolean;
}

export type FindAnswer =
  | { readonly kind: 'nothing-asked' }
  | { readonly kind: 'unknown'; readonly suggestions: readonly Place[] }
  | {
      readonly kind: 'place';
      readonly place: Place;
      /** Further places of that name, biggest first. */
      readonly others: readonly Place[];
      /** Groups within the distance asked for, the nearest ones first; may be empty. */
      readonly groups: readonly GroupInReach[];
      /** How many there are within the distance, shown or not. */
      readonly total: number;
      /** Where fewer than three are within the distance: the next nearest ones, wherever they are, to make three. */
      readonly beyond: readonly GroupInReach[];
      /** The partners that have the place in reach, nearest first; else the one nearest partner. */
      readonly partners: readonly PartnerNearby[];
    };

export function answerFind(directory: Directory, places: Gazetteer, query: FindQuery): FindAnswer {
  if (query.point) return answerFor(directory, bareLocation(query.point), [], query.withinMiles);
  if (query.typed === '') return { kind: 'nothing-asked' };
  const found = places.find(query.typed);
  return found.kind === 'unknown'
    ? found
    : answerFor(directory, found.place, found.others, query.withinMiles);
}

function answerFor(
  directory: Directory,
  place: Place,
  others: readonly Place[],
  withinMiles: number,
): FindAnswer {
  const groups = directory.nearestGroups(place, { withinMiles, limit: mostShown });
  const everywhere = { withinMiles: greatestDistanceMiles + 1, limit: leastShown };
  return {
    kind: 'place',
    place,
    others,
    groups,
    total: groups.length < mostShown ? groups.length : directory.countGroups(place, withinMiles),
    beyond: directory.nearestGroups(place, everywhere).slice(groups.length),
    partners: findPartners(directory, place),
  };
}

/** Former partners are left out: they are no longer of the network. */
function findPartners(directory: Directory, point: Point): readonly PartnerNearby[] {
  const byDistance = directory.partners
    .filter((partner) => partner.status !== 'former')
    .map((partner) => {
      const miles = distanceMiles(point, partner);
      return { partner, distanceMiles: miles, inReach: miles <= partner.effectiveReachMiles };
    })
    .sort((a, b) => a.distanceMiles - b.distanceMiles);
  const inReach = byDistance.filter((near) => near.inReach);
  return inReach.length > 0 ? inReach : byDistance.slice(0, 1);
}

const bareLocation = (point: Point): Place => ({
  ...point,
  name: `${point.lat.toFixed(2)}, ${point.lng.toFixed(2)}`,
  kind: 'coordinates',
  state: '',
  country: '',
  population: 0,
});
