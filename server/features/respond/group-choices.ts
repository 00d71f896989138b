// Civic tech groups as a partner chooses among them: how far, whether they are alive, and what both care about.
import type { Directory, GroupInReach, PartnerEntry } from '../../directory/directory.ts';
import { sharedTopics } from '../../directory/shared-topics.ts';
import { distanceMiles } from '../../domain/distance.ts';
import { groupPath } from '../../paths.ts';
import { cityLabel, formatDistance, livenessText } from '../../web/format.ts';
import { toWebLink } from '../../web/record-words.ts';

export interface NearGroup {
  readonly slug: string;
  readonly name: string;
  readonly href: string;
  /** Its own page of meetings, else its website, or null. */
  readonly join: { readonly href: string; readonly label: string } | null;
  /** "Pittsburgh, PA"; '' for a group of a whole state or country. */
  readonly place: string;
  /** "4.2 miles away". */
  readonly distance: string;
  readonly liveness: { readonly state: string; readonly text: string };
  /** "You share: housing, transit"; '' where no shared topic is known. */
  readonly topics: string;
}

export function toNearGroup(
  directory: Directory,
  partner: PartnerEntry,
  { group, distanceMiles: miles }: GroupInReach,
): NearGroup {
  const shared = sharedTopics([{ ...partner, status: 'current' }], group);
  const events = toWebLink(group.eventsUrl);
  const website = toWebLink(group.website);
  return {
    slug: group.slug,
    name: group.name,
    href: groupPath(group.slug),
    join: events
      ? { href: events, label: 'See its meetings' }
      : website
        ? { href: website, label: 'Visit its website' }
        : null,
    place: group.cityEntry ? cityLabel(group.cityEntry) : '',
    // Places stand for their centres: nearer than a mile says nothing.
    distance: miles < 1 ? 'less than a mile away' : `${formatDistance(miles, group.country)} away`,
    liveness: { state: group.liveness.state, text: livenessText(group, directory.today) },
    topics: shared.length > 0 ? `You share: ${shared.join(', ')}` : '',
  };
}

/** The groups in reach, nearest first, then those that were named before and are not among them. */
export function groupsToChoose(
  directory: Directory,
  partner: PartnerEntry,
  named: readonly string[],
): readonly NearGroup[] {
  const inReach = new Set(partner.groupsInReach.map(({ group }) => group.slug));
  const others = named.flatMap((slug): GroupInReach[] => {
    const group = inReach.has(slug) ? undefined : directory.findGroup(slug);
    return group ? [{ group, distanceMiles: distanceMiles(partner, group) }] : [];
  });
  return [...partner.groupsInReach, ...others].map((near) => toNearGroup(directory, partner, near));
}

/** The nearest groups wherever they are, beyond the partner's reach too. */
export const nearestGroups = (
  directory: Directory,
  partner: PartnerEntry,
  limit: number,
): readonly NearGroup[] =>
  directory
    .nearestGroups(partner, { withinMiles: Number.POSITIVE_INFINITY, limit })
    .map((near) => toNearGroup(directory, partner, near));
