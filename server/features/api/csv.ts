// CSV answers of the API: the columns that follow from a record's schema, and the download itself.
// How a cell is written is in web/csv-cells.ts.
import type { z } from 'zod';
import type { Directory } from '../../directory/directory.ts';
import type { CsvColumn } from '../../web/csv-cells.ts';
import { asFile } from '../../web/export-name.ts';
import { type Answer, mediaTypes } from './answer.ts';

/** One column for each field of a row's schema, in its order. */
export const columnsOf = <Row extends object>(schema: z.ZodObject): readonly CsvColumn<Row>[] =>
  Object.keys(schema.shape).map((header) => ({
    header,
    value: (row) => row[header as keyof Row],
  }));

/** @param name of the file, without what all our files begin with */
export const csvAnswer = (directory: Directory, body: string, name: string): Answer => ({
  status: 200,
  type: `${mediaTypes.csv}; charset=utf-8`,
  body,
  headers: asFile(directory, name),
});
