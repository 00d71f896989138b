// Which cities' gaps closed and which opened between two days: both lists, the totals on either day, and the table
// of every city. Which flags a day had is the snapshot's; which list a city is in is domain/gap-changes.ts.
import type { CityEntry, Directory } from '../../directory/directory.ts';
import { findGapChanges, type GapChange } from '../../domain/gap-changes.ts';
import { type Flag, gapFlags } from '../../domain/words.ts';
import { cityPath, partnerPath, paths, withQuery } from '../../paths.ts';
import { type Cell, linkCell, linksCell, textCell } from '../../web/cell.ts';
import { type CsvColumn, toCsv } from '../../web/csv-cells.ts';
import { selectField } from '../../web/filter-form.ts';
import { cityLabel, flagLabel, formatDate } from '../../web/format.ts';
import type { ListDefinition, RawQuery } from '../../web/list.ts';
import { type ListingView, listHead, toListing } from '../../web/list-page.ts';
import type { Page } from '../../web/render.ts';
import { type ChangeKind, type ChangesQuery, changeKinds, parseChanges } from './changes-query.ts';
import { type FigureView, toBar, toFigure } from './figure.ts';

export interface ChangeRow {
  readonly city: CityEntry;
  readonly kind: ChangeKind;
  /** Null where it was no partner city on that day. */
  readonly before: Flag | null;
  readonly after: Flag | null;
}

interface FlagView {
  readonly flag: Flag;
  readonly label: string;
}

export interface ChangeList {
  readonly id: string;
  readonly title: string;
  readonly none: string;
  readonly items: readonly {
    readonly name: string;
    readonly href: string;
    readonly before: FlagView | null;
    readonly after: FlagView | null;
  }[];
  /** The whole list as the table below shows it; null where all are here. */
  readonly more: { readonly label: string; readonly href: string } | null;
}

export interface ChangesPage extends Page {
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
  readonly title: string;
  readonly lede: string;
  /** "33 of 33 partner cities had a gap on ...". */
  readonly totals: readonly string[];
  readonly closed: ChangeList;
  readonly opened: ChangeList;
  readonly figure: FigureView;
  readonly listing: ListingView<ChangeRow>;
}

const kindLabels: Readonly<Record<ChangeKind, string>> = {
  closed: 'Closed',
  opened: 'Opened',
  'still-open': 'Open on both days',
  'still-closed': 'No gap on either day',
  left: 'No partner city any more',
};

/** Longer lists stand in the table alone. */
const mostListed = 40;

/** Every city that was a partner city on one of the days, in the snapshot's order. */
export function changeRows(
  directory: Directory,
  { from, to, cause }: Pick<ChangesQuery, 'from' | 'to' | 'cause'>,
): readonly ChangeRow[] {
  const counts = cause === null ? undefined : (flag: Flag) => flag === cause;
  const found = findGapChanges(directory.flagsAt(from), directory.flagsAt(to), counts);
  const kinds = new Map<string, readonly [ChangeKind, GapChange]>();
  const note = (kind: ChangeKind, changes: readonly GapChange[]): void => {
    for (const change of changes) kinds.set(change.city, [kind, change]);
  };
  note('closed', found.closed);
  note('opened', found.opened);
  note('still-open', found.stillOpen);
  note('still-closed', found.stillClosed);
  note('left', found.left);
  return directory.cities.flatMap((city) => {
    const known = kinds.get(city.slug);
    if (!known) return [];
    const [kind, { before, after }] = known;
    return [{ city, kind, before, after }];
  });
}

const flagCell = (flag: Flag | null): Cell =>
  flag === null ? textCell('No partner city') : { kind: 'flag', flag, label: flagLabel(flag) };

const definitionFor = ({ from, to }: ChangesQuery): ListDefinition<ChangeRow> => ({
  path: paths.surveyChanges,
  anchor: 'list',
  caption: `Partner cities on ${formatDate(from)} and on ${formatDate(to)}`,
  noun: { one: 'partner city', many: 'partner cities' },
  defaultSort: 'city',
  columns: [
    {
      key: 'city',
      label: 'City',
      cell: ({ city }) => linkCell(cityLabel(city), cityPath(city.slug)),
      sortBy: ({ city }) => cityLabel(city),
    },
    {
      key: 'change',
      label: 'Gap',
      cell: ({ kind }) => textCell(kindLabels[kind]),
      sortBy: ({ kind }) => changeKinds.indexOf(kind),
    },
    { key: 'before', label: formatDate(from), cell: ({ before }) => flagCell(before) },
    { key: 'after', label: formatDate(to), cell: ({ after }) => flagCell(after) },
    {
      key: 'partners',
      label: 'NNIP partner',
      cell: ({ city }) =>
        linksCell(
          city.partners
            .filter(({ status }) => status !== 'former')
            .map(({ name, slug }) => ({ text: name, href: partnerPath(slug) })),
          'None',
        ),
    },
  ],
});

const toFlag = (flag: Flag | null): FlagView | null => flag && { flag, label: flagLabel(flag) };

function toList(
  rows: readonly ChangeRow[],
  kind: 'closed' | 'opened',
  query: ChangesQuery,
): ChangeList {
  const some = rows.filter((row) => row.kind === kind);
  const href = `${withQuery(paths.surveyChanges, { ...query.values, change: kind })}#list`;
  return {
    id: kind,
    title: `${some.length} ${kindLabels[kind].toLowerCase()}`,
    none: kind === 'closed' ? 'No gap closed between the two days.' : 'No gap opened between them.',
    items: some.slice(0, mostListed).map(({ city, before, after }) => ({
      name: cityLabel(city),
      href: cityPath(city.slug),
      before: toFlag(before),
      after: toFlag(after),
    })),
    more: some.length > mostListed ? { label: `See all ${some.length} in the table`, href } : null,
  };
}

function totalsOf(rows: readonly ChangeRow[], query: ChangesQuery): readonly string[] {
  const is = (flag: Flag | null): boolean =>
    flag !== null && (query.cause === null ? isGapFlag(flag) : flag === query.cause);
  const words = query.cause === null ? 'had a gap' : `had the cause “${flagLabel(query.cause)}”`;
  const total = (day: string, side: 'before' | 'after'): string => {
    const there = rows.filter((row) => row[side] !== null);
    return `${there.filter((row) => is(row[side])).length} of ${there.length} partner cities ${words} on ${formatDate(day)}.`;
  };
  return [total(query.from, 'before'), total(query.to, 'after')];
}

const isGapFlag = (flag: Flag): boolean => (gapFlags as readonly Flag[]).includes(flag);

function figureOf(rows: readonly ChangeRow[], { from, to }: ChangesQuery): FigureView {
  const bars = changeKinds
    .map((kind) => ({ kind, count: rows.filter((row) => row.kind === kind).length }))
    .filter(({ kind, count }) => kind !== 'left' || count > 0)
    .map(({ kind, count }) => toBar(rows.length, { label: kindLabels[kind], count }));
  const title = `Gaps between ${formatDate(from)} and ${formatDate(to)}, of ${rows.length} partner cities`;
  return toFigure(title, rows.length, bars);
}

function listingOf(
  rows: readonly ChangeRow[],
  query: ChangesQuery,
  raw: RawQuery,
): ListingView<ChangeRow> {
  const definition = definitionFor(query);
  return toListing({
    definition,
    raw,
    selection: {
      filters: query.values,
      rows: rows.filter(({ kind }) => query.change === null || kind === query.change),
      total: rows.length,
    },
    fields: [
      { kind: 'date', name: 'from', label: 'From', value: query.from },
      { kind: 'date', name: 'to', label: 'To', value: query.to },
      selectField(
        'cause',
        'Cause',
        'Any gap',
        gapFlags.map((value) => ({ value, label: flagLabel(value) })),
        query.cause,
      ),
      selectField(
        'change',
        'In the table',
        'Every city',
        changeKinds.map((value) => ({ value, label: kindLabels[value] })),
        query.change,
      ),
    ],
    downloads: [{ label: 'CSV', href: withQuery(paths.surveyTables.changes, query.values) }],
    emptyText: 'Between the two days this happened to no city.',
  });
}

/** @throws Problem (not found) for a page that the table does not have */
export function changesPage(directory: Directory, raw: RawQuery, publicUrl: string): ChangesPage {
  const query = parseChanges(directory, raw);
  const rows = changeRows(directory, query);
  const listing = listingOf(rows, query, raw);
  const [closed, opened] = [toList(rows, 'closed', query), toList(rows, 'opened', query)];
  const title = 'Gaps that closed and gaps that opened';
  const days = `between ${formatDate(query.from)} and ${formatDate(query.to)}`;
  const lede = `${closed.title}, ${opened.title} ${days}.`;
  return {
    crumbs: [{ label: 'Surveys', href: paths.surveys }, { label: title }],
    title,
    lede: query.cause === null ? lede : `Only “${flagLabel(query.cause)}” is counted: ${lede}`,
    totals: totalsOf(rows, query),
    closed,
    opened,
    figure: figureOf(rows, query),
    listing,
    head: listHead(
      listing,
      { title, description: `${lede} Both, and not only their difference.`, section: 'surveys' },
      publicUrl,
      ({ city }) => ({ name: cityLabel(city), path: cityPath(city.slug) }),
    ),
  };
}

const columns: readonly CsvColumn<ChangeRow>[] = [
  { header: 'city', value: ({ city }) => city.slug },
  { header: 'name', value: ({ city }) => city.name },
  { header: 'state', value: ({ city }) => city.state },
  { header: 'country', value: ({ city }) => city.country },
  { header: 'change', value: ({ kind }) => kind },
  { header: 'before', value: ({ before }) => before },
  { header: 'after', value: ({ after }) => after },
];

/** Exactly the selection, with its two days in every row. */
export function changesCsv(directory: Directory, query: ChangesQuery): string {
  const rows = changeRows(directory, query).filter(
    ({ kind }) => query.change === null || kind === query.change,
  );
  return toCsv(
    [
      ...columns,
      { header: 'from', value: () => query.from },
      { header: 'to', value: () => query.to },
    ],
    rows,
  );
}
