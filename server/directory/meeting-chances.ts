// Where a convening could bring a partner and a group together: the gap cities whose partner and group could meet
// there, who goes already, and who could be asked. A rule over one snapshot; the words are up to the pages.
import { distanceMiles } from '../domain/distance.ts';
import { isInReach } from '../domain/reach.ts';
import type { Convening, Point } from '../domain/records.ts';
import type { CityEntry, Directory, GroupInReach, PartnerEntry } from './directory.ts';

/** How likely somebody is met: they are known to go, or they are near enough to be asked. */
export type Standing = 'goes' | 'could-be-asked';

export interface MeetingPartner {
  readonly partner: PartnerEntry;
  readonly standing: Standing;
}

export interface MeetingGroup extends GroupInReach {
  readonly standing: Standing;
}

export interface MeetingChance {
  readonly city: CityEntry;
  /** Those who go first. */
  readonly partners: readonly MeetingPartner[];
  /** Groups in reach of one of these partners, those who go first, then nearest first; at most `mostGroups` to be asked. */
  readonly groups: readonly MeetingGroup[];
  /** Both sides go already: only an introduction is missing. */
  readonly bothGo: boolean;
}

/** More groups of one city than this are not proposed at once. */
export const mostGroups = 3;

/**
 * The gap cities whose partner and group could meet at a convening.
 * A partner (not former) counts when it goes, or when the convening is in its city or within its reach.
 * A group counts when it is in that partner's reach and goes, or could be asked: with a partner who goes,
 * any group in its reach that is not closed; else one that has the convening within the partner's reach too.
 * First where both go, then where one does, then in name order. Empty where nobody could.
 */
export function findMeetingChances(
  directory: Directory,
  convening: Convening,
): readonly MeetingChance[] {
  const venue = convening.city === null ? undefined : directory.findCity(convening.city);
  const chances = directory.cities
    .filter(({ isGap }) => isGap)
    .flatMap((city) => chanceOf(city, convening, venue ?? null) ?? []);
  return chances
    .map((chance, index) => ({ chance, index, rank: rankOf(chance) }))
    .sort((one, other) => one.rank - other.rank || one.index - other.index)
    .map(({ chance }) => chance);
}

function chanceOf(
  city: CityEntry,
  convening: Convening,
  venue: (Point & { readonly slug: string }) | null,
): MeetingChance | null {
  const partners = city.partners.flatMap((partner): MeetingPartner[] => {
    if (partner.status === 'former') return [];
    if (convening.partners.includes(partner.slug)) return [{ partner, standing: 'goes' }];
    const isNear =
      venue !== null &&
      (venue.slug === city.slug ||
        isInReach(distanceMiles(partner, venue), partner.effectiveReachMiles));
    return isNear ? [{ partner, standing: 'could-be-asked' }] : [];
  });
  const groups = groupsFor(partners, convening, venue);
  if (partners.length === 0 || groups.length === 0) return null;
  return {
    city,
    partners: goingFirst(partners),
    groups,
    bothGo: anyGoes(partners) && anyGoes(groups),
  };
}

function groupsFor(
  partners: readonly MeetingPartner[],
  convening: Convening,
  venue: Point | null,
): readonly MeetingGroup[] {
  const found = new Map<string, MeetingGroup>();
  for (const { partner, standing } of partners) {
    for (const near of partner.groupsInReach) {
      const goes = convening.groups.includes(near.group.slug);
      const isNear =
        standing === 'goes' ||
        (venue !== null &&
          isInReach(distanceMiles(near.group, venue), partner.effectiveReachMiles));
      if (!goes && !isNear) continue;
      const known = found.get(near.group.slug);
      if (known && known.distanceMiles <= near.distanceMiles) continue;
      found.set(near.group.slug, { ...near, standing: goes ? 'goes' : 'could-be-asked' });
    }
  }
  const all = [...found.values()].sort((one, other) => one.distanceMiles - other.distanceMiles);
  const going = all.filter(({ standing }) => standing === 'goes');
  const others = all.filter(({ standing }) => standing !== 'goes').slice(0, mostGroups);
  return [...going, ...others];
}

const anyGoes = (side: readonly { readonly standing: Standing }[]): boolean =>
  side.some(({ standing }) => standing === 'goes');

const goingFirst = (partners: readonly MeetingPartner[]): readonly MeetingPartner[] => [
  ...partners.filter(({ standing }) => standing === 'goes'),
  ...partners.filter(({ standing }) => standing !== 'goes'),
];

const rankOf = ({ partners, groups }: MeetingChance): number =>
  2 - Number(anyGoes(partners)) - Number(anyGoes(groups));
