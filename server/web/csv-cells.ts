// CSV that opens right in spreadsheets: UTF-8 with a byte order mark so that accents survive, CRLF (RFC 4180),
// lists in one cell, and no cell that a spreadsheet would run as a formula.
import { stringify } from 'csv-stringify/sync';
import { neutralise } from '../domain/formula-text.ts';

export interface CsvColumn<Row> {
  readonly header: string;
  readonly value: (row: Row) => unknown;
}

/** Lists become one text; numbers stay numbers, so that -73.9 is not taken for a formula. */
const toCell = (value: unknown): string =>
  typeof value === 'number'
    ? String(value)
    : neutralise(Array.isArray(value) ? value.join('; ') : String(value ?? ''));

/** One line of headers, then one for each row; the same rows give the same bytes. */
export function toCsv<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  return stringify(
    [
      columns.map(({ header }) => header),
      ...rows.map((row) => columns.map(({ value }) => toCell(value(row)))),
    ],
    // A line break of any kind within a cell is quoted, not only the one that ends lines here.
    { bom: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ },
  );
}
