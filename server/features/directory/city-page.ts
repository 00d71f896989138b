// One city: its flag, its partners and groups side by side, what is known of their ties, and what to do next.
import type { CityEntry, Directory, PartnerEntry } from '../../directory/directory.ts';
import type { Flag } from '../../domain/words.ts';
import { cityPath, cityScorecardPath, partnerPath, paths } from '../../paths.ts';
import {
  cityLabel,
  flagLabel,
  flagSentence,
  formatCount,
  formatDate,
  partnerStatusLabel,
} from '../../web/format.ts';
import { type GroupCard, toGroupCard } from '../../web/group-card.ts';
import { drawnGroups, flagKey, type MapView, type PageSettings } from '../../web/map-view.ts';
import { findNextStep, type NextStep } from '../../web/next-step.ts';
import {
  type RecordLine,
  type SourceNote,
  toCollaborationLine,
  toConveningLine,
  toSourceNote,
  toWebLink,
} from '../../web/record-words.ts';
import type { Page } from '../../web/render.ts';
import { type ReportView, toReportView } from '../../web/report-words.ts';
import { type LastKnownView, toLastKnown } from '../../web/tie-words.ts';
import { historiesOf, type LevelHistory } from './level-history.ts';
import { cityData } from './structured-data.ts';

export interface FlagView {
  readonly flag: Flag;
  readonly label: string;
}

export interface PartnerCard {
  readonly name: string;
  readonly href: string;
  readonly host: string;
  readonly status: string;
  readonly website: string | null;
  /** Null for a former partner. */
  readonly flag: FlagView | null;
  readonly topics: readonly string[];
  readonly offers: readonly string[];
}

export interface CityPage extends Page {
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
  readonly title: string;
  /** The same on one sheet of paper. */
  readonly scorecard: string;
  readonly flag: FlagView & { readonly sentence: string; readonly date: string };
  readonly partners: readonly PartnerCard[];
  readonly groupsTitle: string;
  readonly groups: readonly GroupCard[];
  /** Said where no group is in reach. */
  readonly noGroups: string;
  readonly closedHere: readonly GroupCard[];
  readonly next: NextStep | null;
  readonly lastKnown: LastKnownView | null;
  /** One for each partner that ever reported. */
  readonly histories: readonly LevelHistory[];
  /** The newest report of each partner. */
  readonly reports: readonly ReportView[];
  readonly collaborations: readonly RecordLine[];
  readonly convenings: readonly RecordLine[];
  readonly map: MapView;
  readonly sources: readonly { readonly name: string; readonly source: SourceNote }[];
}

const toPartnerCard = (partner: PartnerEntry): PartnerCard => ({
  name: partner.name,
  href: partnerPath(partner.slug),
  host: partner.hostInstitution,
  status: partnerStatusLabel(partner.status),
  website: toWebLink(partner.website),
  flag: partner.flag && { flag: partner.flag, label: flagLabel(partner.flag) },
  topics: partner.topics,
  offers: partner.offers,
});

/** When the flag's level was reported; a flag without one holds for the day of the directory. */
export function dateOfFlag(directory: Directory, city: CityEntry): string {
  const reported = city.level
    ? city.partners.find(({ level }) => level === city.level)?.lastReport?.date
    : undefined;
  return reported ? `Reported ${formatDate(reported)}.` : `As of ${formatDate(directory.today)}.`;
}

function mapOf(city: CityEntry, settings: PageSettings): MapView {
  return {
    label: `Map of ${cityLabel(city)} and its surroundings`,
    geojson: [
      {
        kind: 'cities',
        href: `${paths.api.cities}.geojson?show=${city.isPartnerCity ? 'partner' : 'all'}`,
      },
      drawnGroups,
    ],
    view: { lat: city.lat, lng: city.lng, zoom: 8 },
    tiles: settings.tiles,
    asked: null,
    key: flagKey,
    skipTo: '#groups',
    selected: city.slug,
  };
}

const noGroupsWords = ({ isPartnerCity, partners }: CityEntry): string => {
  const reach = Math.max(...partners.map((partner) => partner.effectiveReachMiles));
  return isPartnerCity
    ? `No civic tech group that is not closed is known within ${formatCount(reach, 'mile', 'miles')}.`
    : 'No civic tech group that is not closed is known nearby.';
};

const sourcesOf = (city: CityEntry): CityPage['sources'] =>
  [...city.partners, ...city.groupsHere].map(({ name, source }) => ({
    name,
    source: toSourceNote(source),
  }));

export function cityPage(directory: Directory, city: CityEntry, settings: PageSettings): CityPage {
  const title = cityLabel(city);
  const inReach = city.groupsInReach;
  const country = city.country;
  const closedHere = city.groupsHere.filter(({ liveness }) => liveness.state === 'closed');
  const sentence = flagSentence(city);
  return {
    crumbs: [{ label: 'Cities', href: paths.cities }, { label: title }],
    title,
    scorecard: cityScorecardPath(city.slug),
    flag: {
      flag: city.flag,
      label: flagLabel(city.flag),
      sentence,
      date: dateOfFlag(directory, city),
    },
    partners: city.partners.map(toPartnerCard),
    groupsTitle:
      inReach.length === 0
        ? 'Civic tech groups in reach'
        : `${formatCount(inReach.length, 'civic tech group', 'civic tech groups')} in reach`,
    groups: inReach.map(({ group, distanceMiles }) =>
      toGroupCard(group, distanceMiles, directory.today),
    ),
    noGroups: noGroupsWords(city),
    closedHere: closedHere.map((group) => toGroupCard(group, null, directory.today)),
    next: findNextStep(directory, city),
    lastKnown: toLastKnown(directory, city.lastKnown),
    histories: historiesOf(directory, city),
    reports: city.partners.flatMap(({ lastReport }) =>
      lastReport ? [toReportView(directory, lastReport)] : [],
    ),
    collaborations: city.collaborations.map(toCollaborationLine),
    convenings: city.convenings.map(toConveningLine),
    map: mapOf(city, settings),
    sources: sourcesOf(city),
    head: {
      title: `${title}: neighborhood data and civic tech`,
      description: `${title}. ${sentence} ${formatCount(inReach.length, 'group', 'groups')} in reach, ${country === 'US' ? 'with distance and signs of life' : 'with signs of life'}.`,
      canonical: cityPath(city.slug),
      section: 'cities',
      structuredData: cityData(city, settings.publicUrl),
      alternates: [
        {
          type: 'application/json',
          title: `${title} as JSON`,
          href: `${paths.api.cities}/${encodeURIComponent(city.slug)}`,
        },
      ],
    },
  };
}
