// The staff's list of introductions: who asked whom, and how each stands. Organizations alone, no addresses.
import type { Directory } from '../../directory/directory.ts';
import { oneOf, readQuery } from '../../directory/query-values.ts';
import {
  introductionStates,
  lastDayToAnswer,
  otherSide,
  sides,
  stateOn,
} from '../../domain/introduction.ts';
import { nameOf } from '../../introductions/pair.ts';
import { stateLabels } from '../../introductions/words.ts';
import { paths, staffIntroductionPath } from '../../paths.ts';
import type { Introduction } from '../../store/introductions.ts';
import { linkCell, textCell } from '../../web/cell.ts';
import { selectField } from '../../web/filter-form.ts';
import { cityLabel, formatAge, formatDate } from '../../web/format.ts';
import type { ListDefinition, RawQuery } from '../../web/list.ts';
import { type ListingView, toListing } from '../../web/list-page.ts';
import type { Page } from '../../web/render.ts';
import { privateHead } from './ask-page.ts';

export interface StaffListPage extends Page {
  readonly title: string;
  readonly introduction: string;
  readonly listing: ListingView<Introduction>;
}

const sideOptions = [
  { value: 'partner', label: 'Partners' },
  { value: 'group', label: 'Groups' },
] as const;

function definitionFor(directory: Directory): ListDefinition<Introduction> {
  const { today } = directory;
  const from = (one: Introduction): string => nameOf(directory, one.from, one);
  const to = (one: Introduction): string => nameOf(directory, otherSide(one.from), one);
  const city = ({ partner }: Introduction): string => {
    const entry = directory.findPartner(partner);
    return entry ? cityLabel(entry.cityEntry) : 'Not known';
  };
  const until = (one: Introduction): string | null =>
    stateOn(one, today) === 'asked' ? lastDayToAnswer(one) : null;
  return {
    path: paths.staff.introductions,
    caption: 'Introductions of partners and groups',
    noun: { one: 'introduction', many: 'introductions' },
    defaultSort: 'asked',
    columns: [
      {
        key: 'from',
        label: 'Asks',
        cell: (one) => linkCell(from(one), staffIntroductionPath(one.id)),
        sortBy: from,
      },
      { key: 'to', label: 'Is asked', cell: (one) => textCell(to(one)), sortBy: to },
      { key: 'city', label: 'Partner’s city', cell: (one) => textCell(city(one)), sortBy: city },
      {
        key: 'asked',
        label: 'Asked',
        first: 'desc',
        cell: ({ askedOn }) => textCell(formatDate(askedOn), formatAge(askedOn, today)),
        sortBy: ({ askedAt }) => askedAt,
      },
      {
        key: 'state',
        label: 'State',
        cell: (one) => textCell(stateLabels[stateOn(one, today)]),
        sortBy: (one) => introductionStates.indexOf(stateOn(one, today)),
      },
      {
        key: 'until',
        label: 'Open until',
        cell: (one) => textCell(formatUntil(until(one))),
        sortBy: until,
      },
      {
        key: 'ended',
        label: 'Ended',
        first: 'desc',
        cell: ({ endedOn }) => textCell(endedOn ? formatDate(endedOn) : 'Not yet'),
        sortBy: ({ endedAt }) => endedAt,
      },
    ],
  };
}

const formatUntil = (day: string | null): string => (day ? formatDate(day) : 'Not open');

/** @throws Problem (not found) for a page that the selection does not have. */
export function staffListPage(
  directory: Directory,
  all: readonly Introduction[],
  raw: RawQuery,
): StaffListPage {
  const { today } = directory;
  const query = readQuery(raw);
  const state = query.one('state', oneOf(introductionStates));
  const from = query.one('from', oneOf(sides));
  const listing = toListing({
    definition: definitionFor(directory),
    raw,
    selection: {
      filters: { state: state ?? '', from: from ?? '' },
      rows: all.filter(
        (one) => (!state || stateOn(one, today) === state) && (!from || one.from === from),
      ),
      total: all.length,
    },
    fields: [
      selectField(
        'state',
        'State',
        'Any state',
        introductionStates.map((value) => ({ value, label: stateLabels[value] })),
        state,
      ),
      selectField('from', 'Asked by', 'Either side', sideOptions, from),
    ],
    downloads: [],
    emptyText:
      'Partners and organizers ask for introductions on each other’s pages, beside the match.',
  });
  const open = all.filter((one) => stateOn(one, today) === 'asked').length;
  const stuck = all.filter((one) => one.state === 'could-not-be-sent').length;
  return {
    title: 'Introductions',
    introduction: `${open} of ${all.length} ${open === 1 ? 'waits' : 'wait'} for an answer${stuck === 0 ? '' : `; ${stuck} could not be sent and ${stuck === 1 ? 'needs' : 'need'} your help`}. Neither side sees the other’s address before both agree.`,
    listing,
    head: privateHead('Introductions', listing.list.canonical),
  };
}
