// Doubts that the directory shows: a new row that may be a group it has already, under a name that is nearly the same or
// at the same web address. It asks as the form for suggestions does; what comes of it, people say.
import { type DoubleReason, findDoubles, webKey } from '../../domain/doubles.ts';
import type { Group } from '../../domain/records.ts';
import type { Suspicion } from '../preview.ts';

/** What is to be known of a group that an import would add. */
export type Newcomer = Pick<
  Group,
  'name' | 'lat' | 'lng' | 'city' | 'website' | 'eventsUrl' | 'codeUrl'
>;

export interface Doubt {
  readonly suspicion: Suspicion;
  /** Slugs of the groups that it may be. */
  readonly alike: readonly string[];
}

/** Of a city with more groups, or an address that more share, only so many are looked at. */
const mostLookedAt = 40;
const mostNamed = 4;

const addressesOf = ({ website, eventsUrl, codeUrl }: Newcomer): string[] =>
  [website, eventsUrl, codeUrl].filter((address) => address !== null);

/** Null where none of the groups is like the newcomer. Groups are put in order once, for lists of a hundred thousand rows. */
export function doubtsAmong(groups: readonly Group[]): (newcomer: Newcomer) => Doubt | null {
  const near = new Map<string, Group[]>();
  const add = (key: string, group: Group): void => {
    const known = near.get(key);
    if (!known) near.set(key, [group]);
    else if (known.length < mostLookedAt) known.push(group);
  };
  for (const group of groups) {
    if (group.city !== null) add(`city ${group.city}`, group);
    for (const key of keysOf(group)) add(key, group);
  }
  return (newcomer) => {
    const { name, city } = newcomer;
    const keys = [...(city === null ? [] : [`city ${city}`]), ...keysOf(newcomer)];
    const candidates = new Set(keys.flatMap((key) => near.get(key) ?? []));
    const doubles = findDoubles({ name, city, point: newcomer, addresses: addressesOf(newcomer) }, [
      ...candidates,
    ]).slice(0, mostNamed);
    const [first] = doubles;
    if (!first) return null;
    const names = doubles.map(({ group }) => group.name).join(', ');
    return {
      suspicion: { ...doubtOf(first.reasons, names), field: null, proposal: null },
      alike: doubles.map(({ group }) => group.slug),
    };
  };
}

const keysOf = (group: Newcomer): string[] => [
  ...new Set(addressesOf(group).flatMap((address) => webKey(address) ?? [])),
];

const doubtOf = (
  reasons: readonly DoubleReason[],
  names: string,
): Pick<Suspicion, 'kind' | 'says'> =>
  reasons.includes('web-address')
    ? { kind: 'same-website', says: `The same web address as ${names} in the directory.` }
    : {
        kind: 'near-double',
        says: `Nearly the same name as ${names} in the directory. They may be one group.`,
      };
