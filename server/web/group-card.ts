// One group as a card prints it: in the answer to "what is near me" and on the pages of cities and partners.
// Only fields that everybody may see are named here; the markup is views/components/group-card.ejs.
import type { GroupEntry } from '../directory/directory.ts';
import type { LivenessState } from '../domain/words.ts';
import { groupPath } from '../paths.ts';
import { cityLabel, formatDate, formatDistance, groupKindLabel, livenessText } from './format.ts';
import { toWebLink } from './record-words.ts';

export interface GroupCard {
  readonly name: string;
  readonly href: string;
  readonly kind: string;
  /** "Pittsburgh, PA"; '' for a group of a whole state or country. */
  readonly place: string;
  /** "4.2 miles away"; null where distance means nothing. */
  readonly distance: string | null;
  readonly liveness: { readonly state: LivenessState; readonly text: string };
  /** "14 December 2026", or null where no meeting is announced. */
  readonly nextMeeting: string | null;
  /** Ways to join, best first; empty where none is known. */
  readonly join: readonly { readonly label: string; readonly href: string }[];
  readonly topics: readonly string[];
  /** "Known before as Open Pittsburgh", or null. */
  readonly previously: string | null;
}

/** `distanceMiles` null leaves the distance out; `today` is the directory's. */
export function toGroupCard(
  group: GroupEntry,
  distanceMiles: number | null,
  today: string,
): GroupCard {
  const place = group.cityEntry;
  return {
    name: group.name,
    href: groupPath(group.slug),
    kind: groupKindLabel(group.kind),
    place: place ? cityLabel(place) : '',
    distance: distanceMiles === null ? null : toDistance(distanceMiles, group.country),
    liveness: { state: group.liveness.state, text: livenessText(group, today) },
    nextMeeting: findNextMeeting(group, today),
    join: waysToJoin(group),
    topics: group.topics,
    previously:
      group.previousNames.length > 0 ? `Known before as ${group.previousNames.join(', ')}` : null,
  };
}

/** Places stand for their centres: nearer than a mile says nothing. */
const toDistance = (miles: number, country: string): string =>
  miles < 1 ? 'less than a mile away' : `${formatDistance(miles, country)} away`;

/** The soonest announced meeting that is not over, in words. */
function findNextMeeting(group: GroupEntry, today: string): string | null {
  const [soonest] = group.signs
    .filter((sign) => sign.kind === 'next-event' && sign.date >= today)
    .map((sign) => sign.date)
    .sort();
  return soonest === undefined ? null : formatDate(soonest);
}

/** Best first; empty where none is known. */
export function waysToJoin(group: GroupEntry): GroupCard['join'] {
  const website = toWebLink(group.website);
  return [
    { label: 'See its meetings', href: toWebLink(group.eventsUrl) },
    { label: 'Visit its website', href: website },
    { label: 'See its code', href: website === null ? toWebLink(group.codeUrl) : null },
  ].flatMap(({ label, href }) => (href === null ? [] : [{ label, href }]));
}
