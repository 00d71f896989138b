// Drafts of messages about a gap, with the facts filled in: to the partner, to the group, and to both.
// Staff edit them before anything is sent; see send-message.ts.
import type { CityEntry, Directory, GroupEntry, PartnerEntry } from '../directory/directory.ts';
import { findMatch, type MatchEntry } from '../directory/matches.ts';
import { activePartners, findNextAction, type NextAction } from '../directory/next-action.ts';
import type { MatchPartName } from '../domain/match.ts';
import { cityPath, conveningPath, groupPath, partnerPath, partnerReportPath } from '../paths.ts';
import { cityLabel, formatDistance, livenessText } from '../web/format.ts';
import { type Listener, matchReason } from '../web/match-words.ts';
import { toWebLink } from '../web/record-words.ts';
import { formatSpan } from '../web/span.ts';

export const draftKinds = ['partner', 'group', 'introduction'] as const;
export type DraftKind = (typeof draftKinds)[number];

/** Whom a message goes to. */
export interface Party {
  readonly kind: 'partner' | 'group';
  readonly name: string;
  readonly href: string;
  /** Private. Empty where none is known. */
  readonly contacts: readonly string[];
  /** True where an address is known and its owner wants no mail; see wanted-drafts.ts. */
  readonly isUnwanted?: boolean;
  /** Public pages by which it can be reached instead. */
  readonly pages: readonly { readonly label: string; readonly href: string }[];
}

export interface DraftMessage {
  readonly kind: DraftKind;
  readonly label: string;
  readonly parties: readonly Party[];
  readonly subject: string;
  readonly body: string;
}

const pagesOf = (pages: readonly (readonly [string, string | null])[]): Party['pages'] =>
  pages.flatMap(([label, address]) => {
    const href = toWebLink(address);
    return href === null ? [] : [{ label, href }];
  });

const partnerParty = (partner: PartnerEntry): Party => ({
  kind: 'partner',
  name: partner.name,
  href: partnerPath(partner.slug),
  contacts: partner.contacts,
  pages: pagesOf([['Its website', partner.website]]),
});

const groupParty = (group: GroupEntry): Party => ({
  kind: 'group',
  name: group.name,
  href: groupPath(group.slug),
  contacts: group.contacts,
  pages: pagesOf([
    ['Its meetings', group.eventsUrl],
    ['Its website', group.website],
    ['Its code', group.codeUrl],
  ]),
});

interface Facts {
  readonly city: CityEntry;
  readonly partner: PartnerEntry;
  readonly action: NextAction;
  /** Of the partner and the group of the action; null where they are too far apart. */
  readonly match: MatchEntry | null;
  readonly today: string;
  readonly publicUrl: string;
  readonly sender: string;
}

const partnership = 'the National Neighborhood Indicators Partnership (NNIP)';

const whereIs = ({ city, action }: Facts): string => {
  if (action.group === null) return '';
  const { group, distanceMiles } = action.group;
  return group.city === city.slug
    ? `in ${cityLabel(city)}`
    : `${formatDistance(distanceMiles, city.country)} from you`;
};

const known = ({ action, today }: Facts): string =>
  action.group === null ? '' : `What we know of it: ${livenessText(action.group.group, today)}.`;

/** Distance and liveness are said elsewhere in a letter. */
const letterReasons: readonly MatchPartName[] = [
  'shared-topics',
  'offers-meet-needs',
  'known-ties',
];

/** What the match was given points for, as a list; '' where nothing is known. */
function reasons({ match, today }: Facts, listener: Listener): string {
  if (match === null) return '';
  const { group } = match;
  const lines = match.parts
    .filter(({ name, points }) => points > 0 && letterReasons.includes(name))
    .map((part) => `- ${matchReason(part, { group, today, listener })}`);
  return lines.length === 0 ? '' : ['Why we think that you fit:', ...lines].join('\n');
}

const meeting = ({ action, publicUrl }: Facts): string =>
  action.convening === null
    ? ''
    : `You could meet at ${action.convening.name}, ${formatSpan(action.convening.start, action.convening.end)}: ${publicUrl}${conveningPath(action.convening.slug)}`;

const letter = (facts: Facts, paragraphs: readonly string[]): string =>
  [...paragraphs, `Kind regards,\n${facts.sender}`].filter((text) => text !== '').join('\n\n');

/** What to ask of the partner depends on why there is a gap. */
function askPartner(facts: Facts): readonly string[] {
  const { city, partner, action, publicUrl } = facts;
  const report = `${publicUrl}${partnerReportPath(partner.slug)}`;
  if (action.group === null) {
    return [
      `We know of no civic tech group near ${cityLabel(city)} that meets. Do you know one, or people who would start one? An answer of one line helps.`,
    ];
  }
  const { group } = action.group;
  const page = `${publicUrl}${groupPath(group.slug)}`;
  const named = `${group.name}, a civic tech group ${whereIs(facts)} (${page})`;
  if (city.flag === 'not-reported') {
    return [
      `Do you work with ${named}? We have not heard from you about it yet. You can tell us in a minute: ${report}`,
    ];
  }
  if (city.flag === 'no-group') {
    return [
      `We know of no civic tech group in your reach. The nearest one is ${named}. Do you know of one closer by, or of people who would start one?`,
    ];
  }
  if (city.flag === 'dormant') {
    return [
      `${named}, has been quiet for a while as far as we know. Do you know whether it still meets, and who keeps it going?`,
    ];
  }
  return [
    city.flag === 'not-aware'
      ? `You told us that you know of no civic tech group near you. There is ${named}.`
      : `You told us that you have no contact with a civic tech group so far. There is ${named}.`,
    'May we introduce you to each other?',
  ];
}

const toPartner = (facts: Facts): DraftMessage => ({
  kind: 'partner',
  label: `To ${facts.partner.name}`,
  parties: [partnerParty(facts.partner)],
  subject: facts.action.group
    ? `${facts.partner.name} and ${facts.action.group.group.name}`
    : `Civic tech near ${cityLabel(facts.city)}`,
  body: letter(facts, [
    `Hello ${facts.partner.name},`,
    ...askPartner(facts),
    known(facts),
    reasons(facts, 'partner'),
    meeting(facts),
  ]),
});

const toGroup = (facts: Facts, group: GroupEntry): DraftMessage => ({
  kind: 'group',
  label: `To ${group.name}`,
  parties: [groupParty(group)],
  subject: `${group.name} and ${facts.partner.name}`,
  body: letter(facts, [
    `Hello ${group.name},`,
    `${facts.partner.name} collects data about the neighborhoods of ${cityLabel(facts.city)} and helps people use it. It is a partner of ${partnership}: ${facts.publicUrl}${partnerPath(facts.partner.slug)}`,
    'Do you know each other? If not, may we introduce you? And is what we say of you still right?',
    `${facts.publicUrl}${groupPath(group.slug)}`,
    reasons(facts, 'group'),
    meeting(facts),
  ]),
});

const introducing = (facts: Facts, group: GroupEntry): DraftMessage => ({
  kind: 'introduction',
  label: 'Introducing both',
  parties: [partnerParty(facts.partner), groupParty(group)],
  subject: `${facts.partner.name}, meet ${group.name}`,
  body: letter(facts, [
    `Hello ${facts.partner.name}, hello ${group.name},`,
    `you both work for ${cityLabel(facts.city)}, and we think that you should know each other.`,
    `${facts.partner.name} collects data about neighborhoods and helps people use it: ${facts.publicUrl}${partnerPath(facts.partner.slug)}`,
    `${group.name} brings civic technologists together: ${facts.publicUrl}${groupPath(group.slug)}`,
    reasons(facts, 'everybody'),
    meeting(facts),
    `What we know of your city: ${facts.publicUrl}${cityPath(facts.city.slug)}`,
    'Would one of you suggest a time for a first talk?',
  ]),
});

/**
 * The drafts that make sense for a city's gap: to its partner, and where a group is known to that and to both.
 * @param sender how the writer signs
 */
export function draftMessages(
  directory: Directory,
  city: CityEntry,
  { sender, publicUrl }: { readonly sender: string; readonly publicUrl: string },
): readonly DraftMessage[] {
  const action = findNextAction(directory, city);
  const partners = activePartners(city);
  const partner = partners.find(({ contacts }) => contacts.length > 0) ?? partners[0];
  if (!action || !partner) return [];
  const group = action.group?.group ?? null;
  const match = group && findMatch(directory, partner, group);
  const facts = { city, partner, action, match, today: directory.today, publicUrl, sender };
  if (group === null) return [toPartner(facts)];
  return [toPartner(facts), toGroup(facts, group), introducing(facts, group)];
}
