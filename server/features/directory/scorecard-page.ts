// One city on one sheet of paper: where contact stands, the groups in reach, examples, the last answers, how levels
// went, and where both could meet next. What does not fit is counted, and stands on the city's page.
import type { CityEntry, Directory, PartnerEntry } from '../../directory/directory.ts';
import { lastDay } from '../../domain/dates.ts';
import type { Convening } from '../../domain/records.ts';
import { cityPath, cityScorecardPath, groupPath, paths } from '../../paths.ts';
import {
  cityLabel,
  flagLabel,
  flagSentence,
  formatCount,
  formatDate,
  formatDistance,
  livenessText,
  partnerStatusLabel,
} from '../../web/format.ts';
import { type RecordLine, toCollaborationLine, toConveningLine } from '../../web/record-words.ts';
import type { Page } from '../../web/render.ts';
import { type ReportView, toReportView } from '../../web/report-words.ts';
import { type LastKnownView, toLastKnown } from '../../web/tie-words.ts';
import { dateOfFlag, type FlagView } from './city-page.ts';
import { historiesOf, type LevelHistory } from './level-history.ts';

interface ScorecardGroup {
  readonly name: string;
  readonly href: string;
  readonly distance: string;
  readonly state: string;
  readonly liveness: string;
}

export interface ScorecardPage extends Page {
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
  readonly title: string;
  readonly flag: FlagView & { readonly sentence: string; readonly date: string };
  readonly lastKnown: LastKnownView | null;
  readonly partners: readonly {
    readonly name: string;
    readonly note: string;
    readonly flag: FlagView | null;
  }[];
  readonly groupsTitle: string;
  readonly groups: readonly ScorecardGroup[];
  readonly moreGroups: string;
  readonly collaborations: readonly RecordLine[];
  readonly moreCollaborations: string;
  readonly reports: readonly ReportView[];
  readonly histories: readonly LevelHistory[];
  readonly convening: RecordLine | null;
  readonly cityHref: string;
  /** Where the sheet comes from, for whoever holds it on paper. */
  readonly from: string;
}

/** What one sheet has room for. */
const most = {
  groups: 6,
  collaborations: 3,
  reports: 2,
  steps: 6,
  note: 280,
  partners: 4,
} as const;

const moreOf = (all: number, shown: number, one: string, many: string): string =>
  all > shown ? `and ${formatCount(all - shown, `more ${one}`, `more ${many}`)}` : '';

const shortened = (text: string): string =>
  text.length > most.note ? `${text.slice(0, most.note).trimEnd()}…` : text;

/** The next one to come in the city, or that one of its partners goes to; null where none is known. */
export function nextConvening(directory: Directory, city: CityEntry): Convening | null {
  const own = new Set(city.partners.map(({ slug }) => slug));
  const coming = directory.convenings.filter(
    ({ start, end, city: where, partners }) =>
      lastDay(end ?? start) >= directory.today &&
      (where === city.slug || partners.some((slug) => own.has(slug))),
  );
  // Newest first, so that the last one is the next.
  return coming.at(-1) ?? null;
}

const activeOf = ({ partners }: CityEntry): readonly PartnerEntry[] =>
  partners.filter(({ status }) => status !== 'former');

function groupsOf(city: CityEntry, today: string): readonly ScorecardGroup[] {
  return city.groupsInReach.slice(0, most.groups).map(({ group, distanceMiles }) => ({
    name: group.name,
    href: groupPath(group.slug),
    distance: formatDistance(distanceMiles, city.country),
    state: group.liveness.state,
    liveness: livenessText(group, today),
  }));
}

function reportsOf(directory: Directory, city: CityEntry): readonly ReportView[] {
  const last = city.partners.flatMap(({ lastReport }) => (lastReport ? [lastReport] : []));
  return last.slice(0, most.reports).map((report) => {
    const view = toReportView(directory, report);
    return { ...view, note: shortened(view.note) };
  });
}

export function scorecardPage(
  directory: Directory,
  city: CityEntry,
  publicUrl: string,
): ScorecardPage {
  const name = cityLabel(city);
  const title = `${name}: scorecard`;
  const partners = activeOf(city);
  const inReach = city.groupsInReach.length;
  const convening = nextConvening(directory, city);
  const sentence = flagSentence(city);
  return {
    crumbs: [
      { label: 'Cities', href: paths.cities },
      { label: name, href: cityPath(city.slug) },
      { label: 'Scorecard' },
    ],
    title,
    flag: {
      flag: city.flag,
      label: flagLabel(city.flag),
      sentence,
      date: dateOfFlag(directory, city),
    },
    lastKnown: toLastKnown(directory, city.lastKnown),
    partners: partners.slice(0, most.partners).map((partner) => ({
      name: partner.name,
      note: partnerStatusLabel(partner.status),
      flag: partner.flag && { flag: partner.flag, label: flagLabel(partner.flag) },
    })),
    groupsTitle: `${inReach === 0 ? 'No civic tech group' : formatCount(inReach, 'civic tech group', 'civic tech groups')} in reach`,
    groups: groupsOf(city, directory.today),
    moreGroups: moreOf(inReach, most.groups, 'group', 'groups'),
    collaborations: city.collaborations.slice(0, most.collaborations).map(toCollaborationLine),
    moreCollaborations: moreOf(
      city.collaborations.length,
      most.collaborations,
      'example',
      'examples',
    ),
    reports: reportsOf(directory, city),
    histories: historiesOf(directory, city)
      .slice(0, most.reports)
      .map((history) => ({ ...history, steps: history.steps.slice(-most.steps) })),
    convening: convening && toConveningLine(convening),
    cityHref: cityPath(city.slug),
    from: `${publicUrl}${cityPath(city.slug)}, ${formatDate(directory.today)}`,
    head: {
      title,
      description: `${name} on one page. ${sentence}`,
      canonical: cityScorecardPath(city.slug),
      section: 'cities',
      structuredData: null,
    },
  };
}
