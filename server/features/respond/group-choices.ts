// Civic tech groups as a partner chooses among them: how far, whether they are alive, and why they fit.
import type {
  Directory,
  GroupEntry,
  GroupInReach,
  PartnerEntry,
} from '../../directory/directory.ts';
import { findMatch, matchesOfPartner } from '../../directory/matches.ts';
import { distanceMiles } from '../../domain/distance.ts';
import { groupPath } from '../../paths.ts';
import { cityLabel, formatDistance, livenessText } from '../../web/format.ts';
import { matchReason } from '../../web/match-words.ts';
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
  /** "59 of 100", as on the partner's page; '' for a group that is too far to be matched. */
  readonly score: string;
  /** What else speaks for it: "You both work on housing". Empty where nothing is known. */
  readonly why: readonly string[];
}

/** Distance and liveness are said by themselves. */
const saidElsewhere: readonly string[] = ['distance', 'liveness'];

function whyItFits(
  directory: Directory,
  partner: PartnerEntry,
  group: GroupEntry,
): Pick<NearGroup, 'score' | 'why'> {
  const match = findMatch(directory, partner, group);
  if (!match) return { score: '', why: [] };
  const { today } = directory;
  return {
    score: `${match.score} of 100`,
    why: match.parts
      .filter(({ name, points }) => points > 0 && !saidElsewhere.includes(name))
      .map((part) => matchReason(part, { group, today, listener: 'partner' })),
  };
}

export function toNearGroup(
  directory: Directory,
  partner: PartnerEntry,
  { group, distanceMiles: miles }: GroupInReach,
): NearGroup {
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
    ...whyItFits(directory, partner, group),
  };
}

/** The groups in reach that fit best. */
export const bestGroups = (
  directory: Directory,
  partner: PartnerEntry,
  limit: number,
): readonly NearGroup[] =>
  matchesOfPartner(directory, partner, { inReach: true, limit }).items.map((match) =>
    toNearGroup(directory, partner, match),
  );

/** More than this many nobody looks through; others can be typed. */
const mostChoices = 60;

/** The groups in reach, the best match first, then those that were named before and are not among them. */
export function groupsToChoose(
  directory: Directory,
  partner: PartnerEntry,
  named: readonly string[],
): readonly NearGroup[] {
  const best = bestGroups(directory, partner, mostChoices);
  const shown = new Set(best.map(({ slug }) => slug));
  const others = named.flatMap((slug) => {
    const group = shown.has(slug) ? undefined : directory.findGroup(slug);
    if (!group) return [];
    return [
      toNearGroup(directory, partner, { group, distanceMiles: distanceMiles(partner, group) }),
    ];
  });
  return [...best, ...others];
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
