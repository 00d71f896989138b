// CSV and TSV: the delimiter is found out, quoted line breaks are kept, blank rows are passed over.
import { CsvError, parse } from 'csv-parse/sync';
import { restoreNeutralised } from '../../domain/formula-text.ts';
import { longestCell, mostColumns, mostRows } from './bounds.ts';
import { ourFormat } from './our-exports.ts';
import { excerpt, RefusedFile, refusedAt } from './refused.ts';
import { nameColumns, type Table } from './table.ts';

const delimiters = [',', ';', '\t', '|'] as const;
const delimiterNames: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
};

/** The heads, and the rows. */
const mostRecords = mostRows + 1;

interface Line {
  readonly record: string[];
  /** `lines`: on which line the record ends. */
  readonly info: { readonly lines: number };
}

/** @throws RefusedFile for quotes that are not closed and the like, and for what is no table */
export function readCsv(text: string): Table {
  const delimiter = findDelimiter(text);
  const records = split(text, delimiter);
  const first = records.findIndex(({ record }) => !isBlank(record));
  const heads = records[first]?.record;
  if (!heads) throw new RefusedFile('The file has no row with anything in it.');
  const width = lastFilled(heads);
  if (width > mostColumns) {
    throw new RefusedFile(`The file has ${width} columns; ${mostColumns} is the most.`);
  }
  if (records.length > mostRecords) {
    throw new RefusedFile(`The file has too many rows; ${mostRows} is the most.`);
  }
  const body = records.slice(first + 1);
  // A column without a head may hold something; blanks without end behind the heads are no columns.
  const widest = Math.min(heads.length, mostColumns);
  const rows = body
    .filter(({ record }) => !isBlank(record))
    .map((one) => {
      refuseWide(one, widest);
      return {
        line: one.info.lines - breaksIn(one.record),
        cells: Array.from({ length: widest }, (_, at) => one.record[at] ?? ''),
      };
    });
  if (rows.length === 0) throw new RefusedFile('The file has a heading, but no row below it.');
  if (widest === 1 && !/name|organi[sz]ation|group/i.test(heads[0] ?? '')) {
    throw new RefusedFile(
      `This looks like no table: the first line is ${excerpt(heads[0] ?? '')}, one column wide.`,
      1,
      1,
    );
  }
  const columns = nameColumns(heads.slice(0, widest));
  const ours = ourFormat(columns);
  return {
    format: ours ?? 'csv',
    columns,
    rows: ours ? rows.map((row) => ({ ...row, cells: row.cells.map(restoreNeutralised) })) : rows,
    readAs: `columns parted by ${delimiterNames[delimiter]}`,
    notes: [],
  };
}

const isBlank = (record: readonly string[]): boolean => record.every((cell) => cell.trim() === '');

const lastFilled = (record: readonly string[]): number =>
  record.findLastIndex((cell) => cell.trim() !== '') + 1;

const breaksIn = (record: readonly string[]): number =>
  record.reduce((count, cell) => count + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);

function refuseWide({ record, info }: Line, widest: number): void {
  const filled = lastFilled(record);
  if (filled > widest) {
    throw refusedAt(
      info.lines,
      1,
      `the row has ${filled} cells where ${widest} are expected; beyond them stands ${excerpt(record[widest] ?? '')}.`,
    );
  }
  if (record.some((cell) => cell.length > longestCell)) {
    throw refusedAt(info.lines, 1, 'a cell of this row is too long.');
  }
}

/** The delimiter that parts the first lines into most columns, outside of quotes. */
function findDelimiter(text: string): string {
  const heads = text.slice(0, 20_000).replace(/"[^"]*"/g, '');
  const [line = ''] = heads.split(/\r\n|\r|\n/).filter((one) => one.trim() !== '');
  const counts = delimiters.map((delimiter) => line.split(delimiter).length);
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
}

function split(text: string, delimiter: string): readonly Line[] {
  try {
    const records: unknown[] = parse(text, {
      delimiter,
      info: true,
      relaxColumnCount: true,
      // Rows are counted before they are all in memory: one more than is taken, and the heads.
      to: mostRecords + 1,
      skipEmptyLines: true,
      recordDelimiter: [text.includes('\r\n') ? '\r\n' : text.includes('\n') ? '\n' : '\r'],
    });
    return records as Line[];
  } catch (error) {
    throw refusal(error, text);
  }
}

const faults: Readonly<{ [code: string]: string }> = {
  CSV_QUOTE_NOT_CLOSED: 'a quoted cell begins here, or before, and is never closed',
  CSV_INVALID_CLOSING_QUOTE: 'a quoted cell ends, but something follows before the next one',
  INVALID_OPENING_QUOTE: 'a quote stands inside a cell that is not quoted',
};

function refusal(error: unknown, text: string): unknown {
  if (!(error instanceof CsvError)) return error;
  const { lines, column, code } = error as CsvError & {
    lines?: number;
    column?: number | string;
  };
  const line = lines ?? 1;
  const at = typeof column === 'number' ? column + 1 : 1;
  const found = text.split(/\r\n|\r|\n/)[line - 1] ?? '';
  const what = faults[code] ?? error.message.replace(/\.$/, '');
  return refusedAt(line, at, `${what}, found ${excerpt(found)}.`);
}
