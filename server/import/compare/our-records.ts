// Rows of our own exports back to records: every public field is there, what is private or worked out is not.
// A value that a record cannot hold refuses the file: our exports have none.
import type { Group, Listing, Partner, Sign, Source } from '../../domain/records.ts';
import { groupKinds, listingMarks, partnerStatuses, signKinds } from '../../domain/words.ts';
import type { NamedPlace } from '../preview.ts';
import { RefusedFile } from '../read/refused.ts';
import { type Cell, cellText, type Table, type TableRow } from '../read/table.ts';

/** A row as its record would be, and its city by words. Undefined: the row does not tell, so ours stays. */
export interface OurRow<Whole> {
  readonly line: number;
  readonly record: Omit<Whole, 'contacts' | 'signs' | 'createdAt' | 'previousSlugs'>;
  readonly signs: readonly Sign[];
  /** The city of its slug, standing where the record stands: for a directory that does not have it. */
  readonly place: NamedPlace | null;
}

interface Cells {
  /** The first of the columns that the table has; '' where it has none. */
  text(...columns: readonly string[]): string;
  orNull(...columns: readonly string[]): string | null;
  list(column: string): readonly string[];
  number(column: string): number;
  oneOf<const Words extends readonly string[]>(
    words: Words,
    ...columns: readonly string[]
  ): Words[number] | null;
  yes(...columns: readonly string[]): boolean;
}

function readCells(table: Table): (row: TableRow) => Cells {
  const places = new Map(table.columns.map((column, at) => [column, at]));
  return ({ line, cells }) => {
    const refuse = (column: string, found: string, wanted: string): RefusedFile =>
      new RefusedFile(
        `Line ${line}: ${column} is “${found.slice(0, 40)}”, where ${wanted} is expected.`,
        line,
      );
    const cellOf = (columns: readonly string[]): Cell => {
      for (const column of columns) {
        const at = places.get(column);
        if (at !== undefined && cells[at] !== '') return cells[at] ?? '';
      }
      return '';
    };
    const text = (...columns: readonly string[]): string => cellText(cellOf(columns));
    return {
      text,
      orNull: (...columns) => text(...columns) || null,
      list(column) {
        const cell = cellOf([column]);
        if (typeof cell !== 'string') return cell;
        return cell === '' ? [] : cell.split('; ');
      },
      number(column) {
        const found = text(column);
        const number = Number(found);
        if (found.trim() === '' || !Number.isFinite(number))
          throw refuse(column, found, 'a number');
        return number;
      },
      oneOf(words, ...columns) {
        const found = text(...columns);
        if (found === '') return null;
        const word = words.find((one) => one === found);
        if (word === undefined) throw refuse(columns[0] ?? '', found, `one of ${words.join(', ')}`);
        return word;
      },
      yes: (...columns) => text(...columns) === 'true',
    };
  };
}

const sourceOf = ({ text, orNull, yes }: Cells): Source => ({
  note: text('sourceNote', 'source.note'),
  url: orNull('sourceUrl', 'source.url'),
  date: orNull('sourceDate', 'source.date'),
  verified: yes('verified', 'source.verified'),
});

function listingOf({ text, oneOf }: Cells): Listing | null {
  const mark = oneOf(listingMarks, 'listedAs', 'listing.mark');
  if (mark === null) return null;
  return { list: text('listedIn', 'listing.list'), date: text('listedDate', 'listing.date'), mark };
}

/** The newest sign alone is exported. */
function signsOf({ text, orNull, oneOf }: Cells): readonly Sign[] {
  const kind = oneOf(signKinds, 'signKind', 'liveness.sign.kind');
  if (kind === null) return [];
  return [
    {
      kind,
      date: text('signDate', 'liveness.sign.date'),
      source: text('signSource', 'liveness.sign.source'),
      url: orNull('signUrl', 'liveness.sign.url'),
    },
  ];
}

function placeOf({ text, number }: Cells): NamedPlace | null {
  const name = text('cityName');
  if (text('city') === '' || name === '') return null;
  return {
    name,
    state: text('state'),
    country: text('country'),
    lat: number('lat'),
    lng: number('lng'),
  };
}

/** @throws RefusedFile naming line and column */
export function readOurGroups(table: Table): OurRow<Group>[] {
  const read = readCells(table);
  return table.rows.map((row) => {
    const cells = read(row);
    const { text, orNull, list, number, oneOf } = cells;
    const closedDate = orNull('closedDate', 'closed.date');
    return {
      line: row.line,
      record: {
        slug: text('slug'),
        name: text('name'),
        kind: oneOf(groupKinds, 'kind') ?? 'other',
        city: orNull('city'),
        state: text('state'),
        country: text('country'),
        lat: number('lat'),
        lng: number('lng'),
        website: orNull('website'),
        eventsUrl: orNull('eventsUrl'),
        codeUrl: orNull('codeUrl'),
        feedUrl: orNull('feedUrl'),
        topics: list('topics'),
        needs: list('needs'),
        previousNames: list('previousNames'),
        tags: list('tags'),
        founded: orNull('founded'),
        listing: listingOf(cells),
        closed:
          closedDate === null
            ? null
            : { date: closedDate, reason: text('closedReason', 'closed.reason') },
        source: sourceOf(cells),
        updatedAt: text('updatedAt'),
      },
      signs: signsOf(cells),
      place: placeOf(cells),
    };
  });
}

/**
 * @param reachMiles the usual reach: a partner that has it has none of its own
 * @throws RefusedFile naming line and column
 */
export function readOurPartners(table: Table, reachMiles: number): OurRow<Partner>[] {
  const read = readCells(table);
  return table.rows.map((row) => {
    const cells = read(row);
    const { text, orNull, list, number, oneOf } = cells;
    const reach = number('reachMiles');
    return {
      line: row.line,
      record: {
        slug: text('slug'),
        name: text('name'),
        hostInstitution: text('hostInstitution'),
        city: text('city'),
        metro: text('metro'),
        lat: number('lat'),
        lng: number('lng'),
        reachMiles: reach === reachMiles ? null : reach,
        website: orNull('website'),
        topics: list('topics'),
        offers: list('offers'),
        status: oneOf(partnerStatuses, 'status') ?? 'unknown',
        since: orNull('since'),
        source: sourceOf(cells),
        updatedAt: text('updatedAt'),
      },
      signs: [],
      place: placeOf(cells),
    };
  });
}
