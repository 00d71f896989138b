// One civic tech group: who and where it is, what is known of it being alive, and who is near.
import type { Directory, GroupEntry } from '../../directory/directory.ts';
import { matchesOfGroup } from '../../directory/matches.ts';
import type { Sign } from '../../domain/records.ts';
import { toPublicGroup } from '../../domain/visibility.ts';
import type { LivenessState } from '../../domain/words.ts';
import {
  bringBackPath,
  cityPath,
  groupEditPath,
  groupPath,
  groupReportsPath,
  mergeGroupsPath,
  paths,
  suggestGroupPath,
  withQuery,
} from '../../paths.ts';
import { type CheckLine, checkLines } from '../../web/check-words.ts';
import {
  countryLabel,
  formatAge,
  formatCount,
  formatDate,
  groupKindLabel,
  livenessLabel,
  livenessText,
} from '../../web/format.ts';
import { type GroupCard, toGroupCard } from '../../web/group-card.ts';
import { listingWords, signTitle } from '../../web/group-words.ts';
import type { Action } from '../../web/list-page.ts';
import { type MatchView, toPartnerMatch } from '../../web/match-view.ts';
import { groupPlace, stateLabel } from '../../web/place-words.ts';
import {
  type RecordLine,
  type SourceNote,
  toCollaborationLine,
  toSourceNote,
  toWebLink,
} from '../../web/record-words.ts';
import type { Page } from '../../web/render.ts';
import { type ReportView, toReportView } from '../../web/report-words.ts';
import { offMapText } from '../../web/shown-words.ts';
import { shownMatches } from './matched-groups.ts';
import { groupData } from './structured-data.ts';

export interface GroupPage extends Page {
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
  readonly title: string;
  readonly lede: string;
  readonly liveness: { readonly state: LivenessState; readonly text: string };
  /** '' where the text says it itself. */
  readonly livenessLabel: string;
  /** Where anyone of a closed group brings it back; null for one that is not closed. */
  readonly wayBack: string | null;
  /** What its organizers and staff may do here; none for others. */
  readonly own: readonly Action[];
  readonly evidence: readonly {
    readonly text: string;
    readonly date: string;
    readonly href: string | null;
  }[];
  /** What was asked for signs of life, when, and what failed. */
  readonly checks: readonly CheckLine[];
  readonly facts: readonly {
    readonly name: string;
    readonly value: string;
    readonly href: string | null;
  }[];
  readonly topics: readonly string[];
  readonly needs: readonly string[];
  /** Partners that it fits, the best first. */
  readonly partners: readonly MatchView[];
  /** Said where there is none. */
  readonly noPartners: string;
  readonly nearby: readonly GroupCard[];
  /** The list of the groups of the same state or country, for a group without a city. */
  readonly others: Action | null;
  readonly collaborations: readonly RecordLine[];
  /** What partners said of their tie to this group, newest first. */
  readonly reports: readonly ReportView[];
  readonly source: SourceNote;
  /** The form that takes corrections. */
  readonly correct: string;
  /** Why it is not on the map; null where it is. */
  readonly offMap: string | null;
}

const nearbyMiles = 50;

const toEvidence = (sign: Sign, today: string): GroupPage['evidence'][number] => ({
  text: signTitle(sign),
  date: `${formatDate(sign.date)}, ${formatAge(sign.date, today)}`,
  href: toWebLink(sign.url),
});

function evidenceOf(group: GroupEntry, today: string): GroupPage['evidence'] {
  const newestFirst = [...group.signs].sort((a, b) => (a.date < b.date ? 1 : -1));
  const listing = group.listing && {
    text: `${listingWords(group.listing)}.${group.listing.mark === 'gone' ? '' : ' A list is not a sign of life.'}`,
    date: formatDate(group.listing.date),
    href: null,
  };
  return [...newestFirst.map((sign) => toEvidence(sign, today)), ...(listing ? [listing] : [])];
}

function factsOf(entry: GroupEntry): GroupPage['facts'] {
  const group = toPublicGroup(entry);
  const link = (name: string, url: string | null) =>
    ({ name, value: url ?? 'None is known', href: toWebLink(url) }) as const;
  return [
    { name: 'Kind', value: groupKindLabel(group.kind), href: null },
    {
      name: 'Place',
      value: groupPlace(entry),
      href: entry.cityEntry ? cityPath(entry.cityEntry.slug) : null,
    },
    link('Website', group.website),
    link('Meetings', group.eventsUrl),
    link('Code', group.codeUrl),
    ...(group.founded ? [{ name: 'Founded', value: formatDate(group.founded), href: null }] : []),
    ...(group.previousNames.length > 0
      ? [{ name: 'Old names', value: group.previousNames.join(', '), href: null }]
      : []),
  ];
}

const noPartnersWords = ({ liveness }: GroupEntry): string =>
  liveness.state === 'closed'
    ? 'It is closed, so it is matched with no partner. Any sign of life brings it back.'
    : 'No partner of the National Neighborhood Indicators Partnership (NNIP) is near enough.';

/** Distance from the middle of a state or country says nothing: such a group names none nearby. */
function nearbyOf(directory: Directory, group: GroupEntry): readonly GroupCard[] {
  if (group.city === null) return [];
  return directory
    .nearestGroups(group, {
      withinMiles: nearbyMiles,
      limit: 6,
      matching: (other) => other.slug !== group.slug && other.city !== null,
    })
    .map((near) => toGroupCard(near.group, near.distanceMiles, directory.today));
}

function othersOf(group: GroupEntry): Action | null {
  if (group.city !== null) return null;
  const { state, country } = group;
  return state === ''
    ? {
        label: `All groups of ${countryLabel(country)}`,
        href: withQuery(paths.groups, { country }),
      }
    : { label: `All groups of ${stateLabel(state)}`, href: withQuery(paths.groups, { state }) };
}

const staffActions = ({ slug }: GroupEntry): readonly Action[] => [
  { label: 'Merge it with another record of the same group', href: mergeGroupsPath(slug) },
];

const ownActions = ({ slug }: GroupEntry): readonly Action[] => [
  { label: 'Bring it up to date, or say that it is active', href: groupEditPath(slug) },
  { label: 'What partners reported', href: groupReportsPath(slug) },
];

/** @param viewer.groups an organizer of the group is spoken to; others read about it */
export function groupPage(
  directory: Directory,
  group: GroupEntry,
  publicUrl: string,
  viewer: { readonly groups: readonly string[]; readonly staff: boolean } | null = null,
): GroupPage {
  const isOwn = viewer?.groups.includes(group.slug) ?? false;
  const { today } = directory;
  const place = groupPlace(group);
  const text = livenessText(group, today);
  const isClosed = group.liveness.state === 'closed';
  return {
    crumbs: [{ label: 'Civic tech groups', href: paths.groups }, { label: group.name }],
    title: group.name,
    lede: `${groupKindLabel(group.kind)}. ${place}.`,
    liveness: {
      state: group.liveness.state,
      text: isClosed ? text.charAt(0).toUpperCase() + text.slice(1) : text,
    },
    livenessLabel: isClosed ? '' : livenessLabel(group.liveness.state),
    wayBack: isClosed ? bringBackPath(group.slug) : null,
    own: [
      ...(isOwn || viewer?.staff ? ownActions(group) : []),
      ...(viewer?.staff ? staffActions(group) : []),
    ],
    evidence: evidenceOf(group, today),
    checks: checkLines(group.checks, today),
    facts: factsOf(group),
    topics: group.topics,
    needs: group.needs,
    partners: matchesOfGroup(directory, group, { limit: shownMatches }).items.map((entry) =>
      toPartnerMatch(entry, today, isOwn ? 'group' : 'everybody'),
    ),
    noPartners: noPartnersWords(group),
    nearby: nearbyOf(directory, group),
    others: othersOf(group),
    collaborations: directory.collaborations
      .filter((collaboration) => collaboration.group === group.slug)
      .map(toCollaborationLine),
    reports: directory
      .reportsAbout(group.slug)
      .map((report) => toReportView(directory, report, group.slug)),
    source: toSourceNote(group.source),
    correct: suggestGroupPath(group.slug),
    offMap: offMapText(group),
    head: {
      title: `${group.name}, ${place}`,
      description: `${group.name}: ${text}. ${formatCount(group.partnersInReach.length, 'NNIP partner', 'NNIP partners')} in reach.`,
      canonical: groupPath(group.slug),
      section: 'groups',
      structuredData: groupData(group, publicUrl),
      alternates: [
        {
          type: 'application/json',
          title: `${group.name} as JSON`,
          href: `${paths.api.groups}/${encodeURIComponent(group.slug)}`,
        },
      ],
    },
  };
}
