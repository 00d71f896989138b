// CSV that opens right in spreadsheets: a byte order mark so that accents survive, CRLF (RFC 4180),
// lists in one cell, and no cell that a spreadsheet would run as a formula.
import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';
import { type Answer, mediaTypes } from './answer.ts';

export interface Column<Row> {
  readonly header: string;
  readonly value: (row: Row) => unknown;
}

/** One column for each field of a row's schema, in its order. */
export const columnsOf = <Row extends object>(schema: z.ZodObject): readonly Column<Row>[] =>
  Object.keys(schema.shape).map((header) => ({
    header,
    value: (row) => row[header as keyof Row],
  }));

/** Lists become one text; numbers stay numbers, so that -73.9 is not taken for a formula. */
const toCell = (value: unknown): string | number =>
  Array.isArray(value) ? value.join('; ') : typeof value === 'number' ? value : String(value ?? '');

export function toCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  return stringify(
    [
      columns.map(({ header }) => header),
      ...rows.map((row) => columns.map(({ value }) => toCell(value(row)))),
    ],
    { bom: true, record_delimiter: 'windows', escape_formulas: true },
  );
}

export const csvAnswer = (body: string, fileName: string): Answer => ({
  status: 200,
  type: `${mediaTypes.csv}; charset=utf-8`,
  body,
  headers: { 'content-disposition': `attachment; filename="${fileName}"` },
});
