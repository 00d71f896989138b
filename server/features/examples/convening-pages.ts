// Convenings for staff: the list, upcoming ones first, and for one of them the gap cities that could meet there.
import type { Directory } from '../../directory/directory.ts';
import {
  findMeetingChances,
  type MeetingChance,
  type Standing,
} from '../../directory/meeting-chances.ts';
import { compareDates, lastDay } from '../../domain/dates.ts';
import type { Convening } from '../../domain/records.ts';
import {
  cityPath,
  conveningPath,
  groupPath,
  partnerPath,
  paths,
  staffConveningPath,
  staffEditConveningPath,
} from '../../paths.ts';
import { linkCell, linksCell, textCell } from '../../web/cell.ts';
import {
  cityLabel,
  flagLabel,
  formatCount,
  formatDistance,
  livenessText,
} from '../../web/format.ts';
import { type ListDefinition, type ListView, type RawQuery, toListView } from '../../web/list.ts';
import type { Action } from '../../web/list-page.ts';
import type { Page } from '../../web/render.ts';
import { formatSpan } from '../../web/span.ts';
import type { Crumb } from './collaboration-form-page.ts';
import type { RecordListPage } from './collaboration-list-page.ts';

const isUpcoming = ({ start, end }: Convening, today: string): boolean =>
  lastDay(end ?? start) >= today;

/** Upcoming ones, the next one first; then past ones, the latest first. */
export function upcomingFirst(
  convenings: readonly Convening[],
  today: string,
): readonly Convening[] {
  const ahead = convenings.filter((one) => isUpcoming(one, today));
  const past = convenings.filter((one) => !isUpcoming(one, today));
  return [
    ...ahead.sort((one, other) => compareDates(one.start, other.start)),
    ...past.sort((one, other) => compareDates(other.start, one.start)),
  ];
}

const placeOf = ({ place }: Convening): string =>
  place === '' ? 'In many cities or online' : place;

const conveningList = (
  directory: Directory,
  order: Map<string, number>,
): ListDefinition<Convening> => ({
  path: paths.staff.convenings,
  caption: 'Convenings, upcoming ones first',
  noun: { one: 'convening', many: 'convenings' },
  defaultSort: 'when',
  columns: [
    {
      key: 'name',
      label: 'Convening',
      cell: ({ name, slug }) => linkCell(name, staffConveningPath(slug)),
      sortBy: ({ name }) => name,
    },
    {
      key: 'when',
      label: 'When',
      cell: (one) =>
        textCell(
          formatSpan(one.start, one.end),
          isUpcoming(one, directory.today) ? 'Upcoming' : 'Past',
        ),
      sortBy: ({ slug }) => order.get(slug) ?? null,
    },
    {
      key: 'place',
      label: 'Where',
      cell: (one) => textCell(placeOf(one)),
      sortBy: placeOf,
    },
    {
      key: 'goers',
      label: 'Who goes',
      cell: ({ partners, groups }) =>
        textCell(
          `${formatCount(partners.length, 'partner', 'partners')}, ${formatCount(groups.length, 'group', 'groups')}`,
        ),
    },
    {
      key: 'chances',
      label: 'Gap cities that could meet',
      numeric: true,
      // Nobody can meet at a past one any more; its own page still says who could have.
      cell: (one) =>
        textCell(
          isUpcoming(one, directory.today)
            ? String(findMeetingChances(directory, one).length)
            : 'past',
        ),
    },
    {
      key: 'edit',
      label: 'What to do',
      cell: ({ slug }) => linkCell('Edit', staffEditConveningPath(slug)),
    },
  ],
});

/** @throws Problem (not found) for a page that the list does not have. */
export function staffConveningsPage(directory: Directory, raw: RawQuery): RecordListPage {
  const all = upcomingFirst(directory.convenings, directory.today);
  const order = new Map(all.map(({ slug }, index) => [slug, index]));
  const list = toListView(conveningList(directory, order), raw, {
    filters: {},
    rows: all,
    total: all.length,
  });
  const actions = [{ label: 'Add a convening', href: paths.staff.newConvening }];
  const lede = 'Events where partners and groups can meet, with who goes and who could meet there.';
  return {
    crumbs: [{ label: 'Staff', href: paths.staff.home }, { label: 'Convenings' }],
    title: 'Keep convenings',
    lede,
    actions,
    list,
    empty: {
      title: 'No convening is known yet',
      text: 'Add one, and see which gap cities could meet there.',
      actions,
    },
    head: {
      title: 'Keep convenings',
      description: lede,
      canonical: list.canonical,
      section: null,
      structuredData: null,
      noIndex: true,
    },
  };
}

export interface StaffConveningPage extends Page {
  readonly crumbs: readonly Crumb[];
  readonly title: string;
  readonly lede: string;
  /** Where the place could not be resolved: what that means here. Else ''. */
  readonly placeNote: string;
  readonly actions: readonly Action[];
  readonly goers: readonly { readonly title: string; readonly who: readonly Action[] }[];
  /** "3 of 33 gap cities could bring partner and group together there." */
  readonly sentence: string;
  readonly list: ListView<MeetingChance> | null;
}

const standingWords: Readonly<Record<Standing, string>> = {
  goes: 'goes',
  'could-be-asked': 'could be asked',
};

const chanceList = (directory: Directory, path: string): ListDefinition<MeetingChance> => ({
  path,
  caption: 'Gap cities whose partner and group could meet there',
  noun: { one: 'gap city', many: 'gap cities' },
  defaultSort: 'chance',
  columns: [
    {
      key: 'city',
      label: 'City',
      cell: ({ city }) => linkCell(cityLabel(city), cityPath(city.slug)),
      sortBy: ({ city }) => cityLabel(city),
    },
    {
      key: 'gap',
      label: 'Gap',
      cell: ({ city }) => ({ kind: 'flag', flag: city.flag, label: flagLabel(city.flag) }),
      sortBy: ({ city }) => flagLabel(city.flag),
    },
    {
      key: 'chance',
      label: 'What is missing',
      cell: (chance) => textCell(missingWords(chance)),
      sortBy: (chance) => missingRank(chance),
    },
    {
      key: 'partners',
      label: 'NNIP partner',
      cell: ({ partners }) =>
        linksCell(
          partners.map(({ partner, standing }) => ({
            text: partner.name,
            href: partnerPath(partner.slug),
            note: standingWords[standing],
          })),
          'none',
        ),
    },
    {
      key: 'groups',
      label: 'Civic tech group',
      cell: ({ groups, city }) =>
        linksCell(
          groups.map(({ group, distanceMiles, standing }) => ({
            text: group.name,
            href: groupPath(group.slug),
            note: `${standingWords[standing]}, ${
              group.city === city.slug
                ? 'in the city'
                : `${formatDistance(distanceMiles, group.country)} away`
            }; ${livenessText(group, directory.today)}`,
          })),
          'none',
        ),
    },
  ],
});

const goes = (side: readonly { readonly standing: Standing }[]): boolean =>
  side.some(({ standing }) => standing === 'goes');

function missingWords({ partners, groups, bothGo }: MeetingChance): string {
  if (bothGo) return 'Both go: introduce them';
  if (goes(partners)) return 'The partner goes: ask a group';
  return goes(groups) ? 'A group goes: ask the partner' : 'Ask both';
}

const missingRank = ({ partners, groups }: MeetingChance): number =>
  2 - Number(goes(partners)) - Number(goes(groups));

function goersOf(directory: Directory, one: Convening): StaffConveningPage['goers'] {
  return [
    {
      title: 'NNIP partners',
      who: one.partners.map((slug) => ({
        label: directory.findPartner(slug)?.name ?? slug,
        href: partnerPath(slug),
      })),
    },
    {
      title: 'Civic tech groups',
      who: one.groups.map((slug) => ({
        label: directory.findGroup(slug)?.name ?? slug,
        href: groupPath(slug),
      })),
    },
  ];
}

/** Says in words what a place without a city in the directory leaves out. */
function placeNoteFor({ city, place }: Convening): string {
  if (city !== null) return '';
  return place === ''
    ? 'It has no one place, so only those who go are counted, and groups near them.'
    : `The directory has no city for “${place}”, so only those who go are counted, and groups near them.`;
}

export function staffConveningPage(
  directory: Directory,
  one: Convening,
  raw: RawQuery,
): StaffConveningPage {
  const chances = findMeetingChances(directory, one);
  const gaps = directory.cities.filter(({ isGap }) => isGap).length;
  const path = staffConveningPath(one.slug);
  const when = formatSpan(one.start, one.end);
  const lede = `${isUpcoming(one, directory.today) ? 'Upcoming' : 'Past'}: ${when}. ${placeOf(one)}.`;
  return {
    crumbs: [{ label: 'Convenings', href: paths.staff.convenings }, { label: one.name }],
    title: one.name,
    lede,
    placeNote: placeNoteFor(one),
    actions: [
      { label: 'Edit', href: staffEditConveningPath(one.slug) },
      { label: 'Its public page', href: conveningPath(one.slug) },
    ],
    goers: goersOf(directory, one),
    sentence: `${chances.length} of ${gaps} gap cities could bring a partner and a group together there.`,
    list:
      chances.length === 0
        ? null
        : toListView(chanceList(directory, path), raw, {
            filters: {},
            rows: chances,
            total: chances.length,
          }),
    head: {
      title: `Who could meet: ${one.name}`,
      description: lede,
      canonical: path,
      section: null,
      structuredData: null,
      noIndex: true,
    },
  };
}
