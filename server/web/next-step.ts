// What to do next about a city's gap: whom to reach, how far they are, what both care about, and how to reach them.
// The public part of directory/next-action.ts in words. Where nothing is known it says so.
import type { CityEntry, Directory, GroupInReach } from '../directory/directory.ts';
import { activePartners, findNextAction } from '../directory/next-action.ts';
import { groupPath } from '../paths.ts';
import { flagLabel, formatDistance } from './format.ts';
import { type RecordLine, toConveningLine, toWebLink } from './record-words.ts';

export interface NextStep {
  /** What to do, in a sentence. */
  readonly text: string;
  /** The group to reach; null where none is known anywhere. */
  readonly group: {
    readonly name: string;
    readonly href: string;
    readonly distance: string;
    /** Whether a sign of life of the last year is known. */
    readonly isLive: boolean;
  } | null;
  /** "Shared topics: housing, transit.", or that nothing is known of them. */
  readonly topics: string;
  /** How to reach the group; empty where nothing is known. */
  readonly ways: readonly { readonly label: string; readonly href: string }[];
  /** The next convening that both could attend, null where none is known. */
  readonly convening: RecordLine | null;
}

/** "in the city", "34 miles away". */
export const distanceWords = ({ group, distanceMiles }: GroupInReach, city: CityEntry): string =>
  group.city === city.slug ? 'in the city' : `${formatDistance(distanceMiles, city.country)} away`;

const partnerList = new Intl.ListFormat('en');

function sentence(city: CityEntry, near: GroupInReach): string {
  const partners = activePartners(city);
  const partner = partnerList.format(partners.map(({ name }) => name));
  const { name } = near.group;
  if (city.flag === 'no-contact') return `Introduce ${partner} to ${name}.`;
  if (city.flag === 'not-aware') return `Tell ${partner} about ${name}.`;
  if (city.flag === 'dormant')
    return `Find out whether ${name} still meets, and who keeps it going.`;
  if (city.flag === 'not-reported') {
    const works = partners.length === 1 ? 'it works' : 'they work';
    return `Ask ${partner} whether ${works} with ${name}.`;
  }
  return `Ask ${name} who is interested in civic tech closer by.`;
}

/** Null for a city without a gap. */
export function findNextStep(directory: Directory, city: CityEntry): NextStep | null {
  const action = findNextAction(directory, city);
  if (action === null) return null;
  const convening = action.convening && toConveningLine(action.convening);
  if (action.group === null) {
    return {
      text: `${flagLabel(city.flag)}: nothing is known of what to do next, because the directory has no group that is not closed.`,
      group: null,
      topics: '',
      ways: [],
      convening,
    };
  }
  const { group } = action.group;
  return {
    text: sentence(city, action.group),
    group: {
      name: group.name,
      href: groupPath(group.slug),
      distance: distanceWords(action.group, city),
      isLive: group.liveness.state === 'live',
    },
    topics:
      action.sharedTopics.length === 0
        ? 'Nothing is known of topics they share.'
        : `Topics they share: ${action.sharedTopics.join(', ')}.`,
    ways: [
      { label: 'Its meetings', href: toWebLink(group.eventsUrl) },
      { label: 'Its website', href: toWebLink(group.website) },
      { label: 'Its code', href: toWebLink(group.codeUrl) },
    ].flatMap(({ label, href }) => (href === null ? [] : [{ label, href }])),
    convening,
  };
}
