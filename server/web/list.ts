// Lists that sort, filter and page by links alone: the whole state of a list is in its address,
// and the canonical address leaves every default out. What a row or a filter means is up to each list.
import { toPlainText } from '../directory/query-values.ts';
import { notFound } from '../errors.ts';
import { withQuery } from '../paths.ts';
import type { Cell } from './cell.ts';
import { type PagerView, toPager } from './pager.ts';
import { type Direction, sortRows } from './sort-rows.ts';

export const pageSize = 50;

/** The query of a request as Express hands it over; nothing in it is trusted. */
export type RawQuery = Readonly<Record<string, unknown>>;

/** The chosen filters as they stand in the address; '' is not chosen. The order is the order in the address. */
export type FilterValues = Readonly<Record<string, string>>;

export interface Column<Row> {
  /** Its name in the address. */
  readonly key: string;
  readonly label: string;
  readonly cell: (row: Row) => Cell;
  /** What the column is sorted by; null stands last in both directions. Absent: it does not sort. */
  readonly sortBy?: (row: Row) => string | number | null;
  /** The direction that its link gives first, `asc` where absent. */
  readonly first?: Direction;
  readonly numeric?: boolean;
}

export interface ListDefinition<Row> {
  readonly path: string;
  /** Where on its page the list stands, for links that lead to another state of it; absent: at the top. */
  readonly anchor?: string;
  /** The table's caption. */
  readonly caption: string;
  readonly noun: { readonly one: string; readonly many: string };
  /** The first column names the row and links to its page. */
  readonly columns: readonly Column<Row>[];
  /** Key of the column that an address without `sort` is sorted by. */
  readonly defaultSort: string;
  /** True where rows alone decide what columns are sorted by: an order is then kept as long as its list of rows. */
  readonly keepsOrder?: boolean;
}

export interface Selection<Row> {
  readonly filters: FilterValues;
  /** Every selected row, in the list's stable order. */
  readonly rows: readonly Row[];
  /** How many there are to select from. */
  readonly total: number;
}

export interface HeaderCell {
  readonly label: string;
  readonly numeric: boolean;
  /** Null where the column does not sort. */
  readonly href: string | null;
  readonly ariaSort: 'ascending' | 'descending' | null;
  /** For people who do not see the arrow: ", sorted A to Z" and the like. */
  readonly direction: string;
}

/** What views/components/sortable-table.ejs and pager.ejs print. */
export interface ListView<Row> {
  readonly caption: string;
  readonly headers: readonly HeaderCell[];
  readonly rows: readonly {
    readonly cells: readonly {
      readonly label: string;
      readonly numeric: boolean;
      readonly cell: Cell;
    }[];
  }[];
  /** The rows of this page as the list was given them, for what stands beside the table. */
  readonly shown: readonly Row[];
  /** "12 of 33 partner cities". */
  readonly count: string;
  /** "1 to 50 shown", '' where one page holds all. */
  readonly range: string;
  readonly pager: PagerView | null;
  /** The address of this state, without defaults. */
  readonly canonical: string;
}

interface ListState {
  readonly sort: string;
  readonly direction: Direction;
  readonly page: number;
}

/** The first text given for a name, trimmed; '' where there is none. */
export function firstText(raw: RawQuery, name: string): string {
  const value = raw[name];
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? toPlainText(first) : '';
}

const firstDirection = <Row>(column: Column<Row>): Direction => column.first ?? 'asc';

function columnOf<Row>(definition: ListDefinition<Row>, key: string): Column<Row> {
  const column = definition.columns.find((one) => one.key === key && one.sortBy);
  if (!column) throw new Error(`The list ${definition.path} has no sortable column ${key}.`);
  return column;
}

function parseOrder<Row>(definition: ListDefinition<Row>, raw: RawQuery): Omit<ListState, 'page'> {
  const asked = firstText(raw, 'sort');
  const known = definition.columns.some((column) => column.key === asked && column.sortBy);
  const sort = known ? asked : definition.defaultSort;
  const direction = firstText(raw, 'direction');
  if (direction === 'asc' || direction === 'desc') return { sort, direction };
  return { sort, direction: firstDirection(columnOf(definition, sort)) };
}

/**
 * The page asked for, from 1.
 * @throws Problem (not found) where the list has no such page.
 */
function parsePage<Row>(definition: ListDefinition<Row>, raw: RawQuery, last: number): number {
  const asked = firstText(raw, 'page');
  if (asked === '') return 1;
  const page = /^\d{1,9}$/.test(asked) ? Number(asked) : 0;
  if (page >= 1 && page <= last) return page;
  const end = last === 1 ? 'this selection fits on one page' : `the last one is page ${last}`;
  const shown = asked.length > 20 ? `${asked.slice(0, 20)}…` : asked;
  throw notFound(`There is no page “${shown}” of ${definition.noun.many}: ${end}.`);
}

function addressOf<Row>(
  definition: ListDefinition<Row>,
  filters: FilterValues,
  state: ListState,
): string {
  const usual = firstDirection(columnOf(definition, state.sort));
  return withQuery(definition.path, {
    ...filters,
    sort: state.sort === definition.defaultSort ? null : state.sort,
    direction: state.direction === usual ? null : state.direction,
    page: state.page === 1 ? null : state.page,
  });
}

const toAnchor = <Row>({ anchor }: ListDefinition<Row>): string =>
  anchor === undefined ? '' : `#${anchor}`;

function toHeader<Row>(
  definition: ListDefinition<Row>,
  column: Column<Row>,
  filters: FilterValues,
  state: ListState,
): HeaderCell {
  const numeric = column.numeric ?? false;
  if (!column.sortBy) {
    return { label: column.label, numeric, href: null, ariaSort: null, direction: '' };
  }
  const current = column.key === state.sort;
  const turned: Direction = state.direction === 'asc' ? 'desc' : 'asc';
  const direction = current ? turned : firstDirection(column);
  return {
    label: column.label,
    numeric,
    href:
      addressOf(definition, filters, { sort: column.key, direction, page: 1 }) +
      toAnchor(definition),
    ariaSort: current ? (state.direction === 'asc' ? 'ascending' : 'descending') : null,
    direction: current ? `, sorted ${state.direction === 'asc' ? 'ascending' : 'descending'}` : '',
  };
}

const orders = new WeakMap<readonly unknown[], Map<string, readonly unknown[]>>();

function inOrder<Row>(
  definition: ListDefinition<Row>,
  rows: readonly Row[],
  { sort, direction }: ListState,
): readonly Row[] {
  const { sortBy } = columnOf(definition, sort);
  if (!sortBy) return rows;
  if (!definition.keepsOrder) return sortRows(rows, sortBy, direction);
  const kept = orders.get(rows) ?? new Map<string, readonly unknown[]>();
  orders.set(rows, kept);
  const name = `${definition.path} ${sort} ${direction}`;
  const known = kept.get(name) as readonly Row[] | undefined;
  if (known) return known;
  const sorted = sortRows(rows, sortBy, direction);
  kept.set(name, sorted);
  return sorted;
}

/**
 * One page of a list as its template prints it. Never fails on a sort or direction; an unknown one is the default.
 * @throws Problem (not found) for a page that the selection does not have.
 */
export function toListView<Row>(
  definition: ListDefinition<Row>,
  raw: RawQuery,
  { filters, rows, total }: Selection<Row>,
): ListView<Row> {
  const last = Math.max(1, Math.ceil(rows.length / pageSize));
  const state = { ...parseOrder(definition, raw), page: parsePage(definition, raw, last) };
  const sorted = inOrder(definition, rows, state);
  const start = (state.page - 1) * pageSize;
  const shown = sorted.slice(start, start + pageSize);
  const { one, many } = definition.noun;
  return {
    caption: definition.caption,
    headers: definition.columns.map((column) => toHeader(definition, column, filters, state)),
    rows: shown.map((row) => ({
      cells: definition.columns.map((column) => ({
        label: column.label,
        numeric: column.numeric ?? false,
        cell: column.cell(row),
      })),
    })),
    shown,
    count: `${rows.length} of ${total} ${total === 1 ? one : many}`,
    range: last === 1 ? '' : `${start + 1} to ${start + shown.length} are on this page.`,
    pager: toPager(
      last,
      state.page,
      (page) => addressOf(definition, filters, { ...state, page }) + toAnchor(definition),
    ),
    canonical: addressOf(definition, filters, state),
  };
}
