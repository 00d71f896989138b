// One city: its flag, its partners and groups side by side, what is known of their ties, and what to do next.
import type { CityEntry, Directory, PartnerEntry } from '../../directory/directory.ts';
import { matchesOfCity } from '../../directory/matches.ts';
import type { Flag } from '../../domain/words.ts';
import {
  cityCalendarPath,
  cityPath,
  cityPicturePath,
  cityScorecardPath,
  newIntroductionPath,
  partnerPath,
  paths,
} from '../../paths.ts';
import {
  cityLabel,
  flagLabel,
  flagSentence,
  formatCount,
  formatDate,
  partnerStatusLabel,
} from '../../web/format.ts';
import { type GroupCard, toGroupCard } from '../../web/group-card.ts';
import {
  drawnCities,
  drawnGroups,
  flagKey,
  type MapView,
  type PageSettings,
} from '../../web/map-view.ts';
import {
  type MatchDetail,
  type MatchView,
  toMatchDetail,
  toPartnerMatch,
} from '../../web/match-view.ts';
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
import { namedLimit, type OtherMatches, otherMatches, shownMatches } from './matched-groups.ts';
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

/** A group beside a partner, with the match between them. */
export interface MatchedGroup {
  readonly card: GroupCard;
  /** Null where no partner is matched with it. */
  readonly match: MatchDetail | null;
  /** Where an introduction of the two is asked for; '' without a match. */
  readonly introduce: string;
  /** The partner that it fits best, named where the city has several; else ''. */
  readonly partner: string;
}

export interface CityPage extends Page {
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
  readonly title: string;
  /** The same on one sheet of paper. */
  readonly scorecard: string;
  /** Its convenings and the next meetings near it, as a calendar. */
  readonly calendar: string;
  readonly flag: FlagView & { readonly sentence: string; readonly date: string };
  readonly partners: readonly PartnerCard[];
  readonly groupsTitle: string;
  /** The groups in reach, those that fit best first; all about the first ones. */
  readonly groups: readonly MatchedGroup[];
  readonly otherGroups: OtherMatches;
  /** Partners of other cities that its groups fit; empty where it has a partner. */
  readonly partnersAround: readonly MatchView[];
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
    geojson: [drawnCities({ show: city.isPartnerCity ? 'partner' : 'all' }), drawnGroups],
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

type CityGroups = Pick<CityPage, 'groups' | 'otherGroups' | 'partnersAround'>;

/** A city without a partner has groups, and partners around that they fit. */
function groupsWithoutPartner(directory: Directory, city: CityEntry): CityGroups {
  const { today } = directory;
  const around = new Map<string, MatchView>();
  for (const entry of matchesOfCity(directory, city, { limit: namedLimit }).items) {
    if (!around.has(entry.partner.slug)) {
      around.set(entry.partner.slug, toPartnerMatch(entry, today));
    }
  }
  return {
    groups: city.groupsInReach.slice(0, namedLimit).map(({ group, distanceMiles }) => ({
      card: toGroupCard(group, distanceMiles, today),
      match: null,
      introduce: '',
      partner: '',
    })),
    otherGroups: { lines: [], all: null },
    partnersAround: [...around.values()].slice(0, 3),
  };
}

function groupsOf(directory: Directory, city: CityEntry): CityGroups {
  if (!city.isPartnerCity) return groupsWithoutPartner(directory, city);
  const { today } = directory;
  const found = matchesOfCity(directory, city, { limit: namedLimit, inReach: true });
  const active = city.partners.filter(({ status }) => status !== 'former');
  const withinMiles = Math.max(...active.map(({ effectiveReachMiles }) => effectiveReachMiles));
  const { lat, lng, country } = city;
  return {
    groups: found.items.slice(0, shownMatches).map((entry) => ({
      card: toGroupCard(entry.group, entry.distanceMiles, today),
      match: toMatchDetail(entry, today),
      introduce: newIntroductionPath(entry.partner.slug, entry.group.slug),
      partner: active.length > 1 ? entry.partner.name : '',
    })),
    otherGroups: otherMatches(directory, found, { lat, lng, withinMiles, country }),
    partnersAround: [],
  };
}

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
    calendar: cityCalendarPath(city.slug),
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
    ...groupsOf(directory, city),
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
      picture: { href: cityPicturePath(city.slug), alt: `${title}. ${flagLabel(city.flag)}.` },
      alternates: [
        {
          type: 'application/json',
          title: `${title} as JSON`,
          href: `${paths.api.cities}/${encodeURIComponent(city.slug)}`,
        },
        {
          type: 'text/calendar',
          title: `${title} as a calendar`,
          href: cityCalendarPath(city.slug),
        },
      ],
    },
  };
}
