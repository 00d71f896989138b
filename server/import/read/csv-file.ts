// CSV and TSV: the delimiter is found out, quoted line breaks are kept, blank rows are passed over.
import { CsvError, type Options, parse } from 'csv-parse/sync';
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
  /** `lines`: on which line the record ends, each CR LF within a cell so far counted as two lines. */
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
  const body = withLines(records).slice(first + 1);
  // A column without a head may hold something; blanks without end behind the heads are no columns.
  const widest = Math.min(heads.length, mostColumns);
  const rows = body
    .filter(({ record }) => !isBlank(record))
    .map(({ record, line }) => {
      refuseWide(record, line, widest);
      return { line, cells: Array.from({ length: widest }, (_, at) => record[at] ?? '') };
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

const countIn = (record: readonly string[], pattern: RegExp): number =>
  record.reduce((count, cell) => count + (cell.match(pattern)?.length ?? 0), 0);

/** Each record with the line on which it begins. */
function withLines(records: readonly Line[]): readonly { record: string[]; line: number }[] {
  let twice = 0;
  return records.map(({ record, info }) => {
    twice += countIn(record, /\r\n/g);
    return { record, line: info.lines - twice - countIn(record, /\r\n|\r|\n/g) };
  });
}

function refuseWide(record: readonly string[], line: number, widest: number): void {
  const filled = lastFilled(record);
  if (filled > widest) {
    throw refusedAt(
      line,
      1,
      `the row has ${filled} cells where ${widest} are expected; beyond them stands ${excerpt(record[widest] ?? '')}.`,
    );
  }
  if (record.some((cell) => cell.length > longestCell)) {
    throw refusedAt(line, 1, 'a cell of this row is too long.');
  }
}

/** The delimiter that parts the first lines into most columns, outside of quotes. */
function findDelimiter(text: string): string {
  const heads = text.slice(0, 20_000).replace(/"[^"]*"/g, '');
  const [line = ''] = heads.split(/\r\n|\r|\n/).filter((one) => one.trim() !== '');
  const counts = delimiters.map((delimiter) => line.split(delimiter).length);
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
}

const settingsFor = (text: string, delimiter: string): Options => ({
  delimiter,
  relaxColumnCount: true,
  // Rows are counted before they are all in memory: one more than is taken, and the heads.
  to: mostRecords + 1,
  skipEmptyLines: true,
  recordDelimiter: [text.includes('\r\n') ? '\r\n' : text.includes('\n') ? '\n' : '\r'],
});

function split(text: string, delimiter: string): readonly Line[] {
  try {
    const records: unknown[] = parse(text, { ...settingsFor(text, delimiter), info: true });
    return records as Line[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw refusalOf(text.replaceAll('\r\n', '\n'), delimiter) ?? error;
  }
}

const faults: Readonly<{ [code: string]: string }> = {
  CSV_QUOTE_NOT_CLOSED: 'a quoted cell begins in this row and is never closed',
  CSV_INVALID_CLOSING_QUOTE: 'a quoted cell ends, but something follows before the next one',
  INVALID_OPENING_QUOTE: 'a quote stands inside a cell that is not quoted',
};

/** What is wrong with a text that cannot be split; without CR LF, so that its lines are counted once. */
function refusalOf(text: string, delimiter: string): RefusedFile | undefined {
  const lines = text.split(/\r|\n/);
  let read = 0;
  const onRecord = (_record: unknown, info: { readonly lines: number }): null => {
    read = info.lines;
    return null;
  };
  try {
    parse(text, { ...settingsFor(text, delimiter), onRecord });
    return undefined;
  } catch (error) {
    const fault = error as CsvError & { lines?: number; column?: number | string };
    const { code, column } = fault;
    // A cell that is not closed is noticed at the end of the file; what helps is where its row begins.
    const begins = lines.findIndex((line, at) => at >= read && line !== '') + 1;
    const line = code === 'CSV_QUOTE_NOT_CLOSED' ? begins : (fault.lines ?? 1);
    const at = typeof column === 'number' ? column + 1 : 1;
    const what = faults[code] ?? fault.message.replace(/\.$/, '');
    return refusedAt(line, at, `${what}, found ${excerpt(lines[line - 1] ?? '')}.`);
  }
}
