// Reads one CSV table strictly: the columns as they are named here, in this order, and every cell checked.
// A complaint says file, line and column in words; all of them are gathered, none stops the reading.
import { type CsvError, parse } from 'csv-parse/sync';

/** Reads the text of one cell. Throws Complaint in words that follow the column's name: "must be ...". */
export type Cell<T> = (text: string) => T;

export class Complaint extends Error {}

export type Columns = Readonly<Record<string, Cell<unknown>>>;

export type Row<C extends Columns> = {
  readonly [Name in keyof C]: ReturnType<C[Name]>;
};

export interface Line<C extends Columns> {
  /** As an editor counts: the heading is line 1. */
  readonly line: number;
  readonly row: Row<C>;
}

/** Where a table's complaints go, with the place they are about. */
export type Complain = (line: number, words: string) => void;

/** The rows whose every cell is right; what is wrong with the others is told to `complain`. */
export function readTable<C extends Columns>(
  text: string,
  columns: C,
  complain: Complain,
): Line<C>[] {
  const [heading, ...rest] = split(text, complain);
  const names = Object.keys(columns);
  if (!heading) return [];
  if (heading.cells.join() !== names.join()) {
    complain(1, `the columns must be ${names.join(', ')}.`);
    return [];
  }
  return rest.flatMap(({ line, cells }) => {
    if (cells.length !== names.length) {
      complain(line, `has ${cells.length} cells where ${names.length} are expected.`);
      return [];
    }
    const row = readRow(columns, cells, (words) => complain(line, words));
    return row ? [{ line, row }] : [];
  });
}

function readRow<C extends Columns>(
  columns: C,
  cells: readonly string[],
  complain: (words: string) => void,
): Row<C> | undefined {
  let isRight = true;
  const entries = Object.entries(columns).map(([name, cell], index) => {
    try {
      return [name, cell(cells[index] ?? '')];
    } catch (error) {
      if (!(error instanceof Complaint)) throw error;
      isRight = false;
      complain(`${name} ${error.message}`);
      return [name, undefined];
    }
  });
  return isRight ? (Object.fromEntries(entries) as Row<C>) : undefined;
}

/** The raw cells of each line. A record with line breaks in it has the number of the line it ends on. */
function split(text: string, complain: Complain): { line: number; cells: string[] }[] {
  try {
    // With `info` each record comes with the place it was read from, which the types of the package leave out.
    const records: unknown[] = parse(text, {
      bom: true,
      info: true,
      relaxColumnCount: true,
      skipEmptyLines: true,
    });
    return (records as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      line: info.lines,
      cells: record,
    }));
  } catch (error) {
    complain((error as CsvError & { lines?: number }).lines ?? 1, (error as Error).message);
    return [];
  }
}
