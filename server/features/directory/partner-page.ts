// One NNIP partner: who it is, its groups in reach, and the public part of what is known of its ties.
import type { Directory, PartnerEntry } from '../../directory/directory.ts';
import { matchesOfPartner } from '../../directory/matches.ts';
import { matchWeights } from '../../domain/match.ts';
import { toPublicPartner } from '../../domain/visibility.ts';
import { cityPath, partnerPath, paths, suggestPartnerPath } from '../../paths.ts';
import {
  cityLabel,
  flagLabel,
  formatCount,
  formatDate,
  formatDistance,
  levelLabel,
  partnerStatusLabel,
} from '../../web/format.ts';
import { type MatchView, toGroupMatch } from '../../web/match-view.ts';
import {
  type RecordLine,
  type SourceNote,
  toCollaborationLine,
  toSourceNote,
  toWebLink,
} from '../../web/record-words.ts';
import type { Page } from '../../web/render.ts';
import { type ReportView, toReportView } from '../../web/report-words.ts';
import { type LastKnownView, toLastKnown } from '../../web/tie-words.ts';
import type { FlagView } from './city-page.ts';
import { countedReports } from './level-history.ts';
import { namedLimit, type OtherMatches, otherMatches, shownMatches } from './matched-groups.ts';
import { partnerData } from './structured-data.ts';

export interface PartnerPage extends Page {
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
  readonly title: string;
  readonly lede: string;
  readonly isFormer: boolean;
  readonly flag: FlagView | null;
  readonly level: string | null;
  readonly lastKnown: LastKnownView | null;
  readonly facts: readonly {
    readonly name: string;
    readonly value: string;
    readonly href: string | null;
  }[];
  readonly topics: readonly string[];
  readonly offers: readonly string[];
  /** Which of the groups that fit are in reach, in a sentence. */
  readonly inReach: string;
  /** Groups that fit, the best first. */
  readonly matches: readonly MatchView[];
  readonly others: OtherMatches;
  readonly collaborations: readonly RecordLine[];
  readonly reports: readonly ReportView[];
  readonly source: SourceNote;
  /** The form that takes corrections. */
  readonly correct: string;
}

function factsOf(entry: PartnerEntry): PartnerPage['facts'] {
  const partner = toPublicPartner(entry);
  const { cityEntry: city } = entry;
  const website = toWebLink(partner.website);
  return [
    { name: 'City', value: cityLabel(city), href: cityPath(city.slug) },
    { name: 'Host institution', value: partner.hostInstitution || 'Not known', href: null },
    { name: 'Website', value: partner.website ?? 'None is known', href: website },
    { name: 'Status', value: partnerStatusLabel(partner.status), href: null },
    { name: 'In the network since', value: partner.since ?? 'Not known', href: null },
    {
      name: 'Reach',
      value: formatDistance(entry.effectiveReachMiles, city.country),
      href: null,
    },
  ];
}

const levelWords = ({ level, lastReport }: PartnerEntry): string | null =>
  level && lastReport ? `${levelLabel(level)}, reported ${formatDate(lastReport.date)}` : null;

/** What is said of the groups before they are listed. */
function inReachWords({ groupsInReach, cityEntry, effectiveReachMiles }: PartnerEntry): string {
  const reach = formatDistance(effectiveReachMiles, cityEntry.country);
  return groupsInReach.length === 0
    ? `No civic tech group that is not closed is known within ${reach}.`
    : `${formatCount(groupsInReach.length, 'group', 'groups')} within its reach of ${reach}. The best match comes first.`;
}

function matchesFor(
  directory: Directory,
  partner: PartnerEntry,
  isOwn: boolean,
): Pick<PartnerPage, 'inReach' | 'matches' | 'others'> {
  const found = matchesOfPartner(directory, partner, { limit: namedLimit });
  const withinMiles = partner.effectiveReachMiles * matchWeights.distanceReaches;
  const { lat, lng, cityEntry } = partner;
  return {
    inReach: inReachWords(partner),
    matches: found.items
      .slice(0, shownMatches)
      .map((entry) => toGroupMatch(entry, directory.today, isOwn ? 'partner' : 'everybody')),
    others: otherMatches(directory, found, { lat, lng, withinMiles, country: cityEntry.country }),
  };
}

/** @param viewer.partners a person of the partner is spoken to; others read about it */
export function partnerPage(
  directory: Directory,
  partner: PartnerEntry,
  publicUrl: string,
  viewer: { readonly partners: readonly string[] } | null = null,
): PartnerPage {
  const isOwn = viewer?.partners.includes(partner.slug) ?? false;
  const isFormer = partner.status === 'former';
  const place = cityLabel(partner.cityEntry);
  const lede = isFormer
    ? `A former partner of the National Neighborhood Indicators Partnership (NNIP) in ${place}.`
    : `A partner of the National Neighborhood Indicators Partnership (NNIP) in ${place}.`;
  const reach = formatDistance(partner.effectiveReachMiles, partner.cityEntry.country);
  return {
    crumbs: [{ label: 'NNIP partners', href: paths.partners }, { label: partner.name }],
    title: partner.name,
    lede,
    isFormer,
    flag: partner.flag && { flag: partner.flag, label: flagLabel(partner.flag) },
    level: levelWords(partner),
    lastKnown: toLastKnown(directory, partner.lastKnown),
    facts: factsOf(partner),
    topics: partner.topics,
    offers: partner.offers,
    ...matchesFor(directory, partner, isOwn),
    collaborations: directory.collaborations
      .filter((collaboration) => collaboration.partner === partner.slug)
      .map(toCollaborationLine),
    reports: countedReports(directory, partner.slug).map((report) =>
      toReportView(directory, report),
    ),
    source: toSourceNote(partner.source),
    correct: suggestPartnerPath(partner.slug),
    head: {
      title: `${partner.name}, ${place}`,
      description: `${lede} ${formatCount(partner.groupsInReach.length, 'civic tech group', 'civic tech groups')} within ${reach}.`,
      canonical: partnerPath(partner.slug),
      section: 'partners',
      structuredData: partnerData(partner, publicUrl),
      alternates: [
        {
          type: 'application/json',
          title: `${partner.name} as JSON`,
          href: `${paths.api.partners}/${encodeURIComponent(partner.slug)}`,
        },
      ],
    },
  };
}
