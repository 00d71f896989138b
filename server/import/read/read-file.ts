// A file's bytes to a table, whatever the file is; its name does not matter, its content does.
import { cleanText } from '../../domain/clean-text.ts';
import { readCsv } from './csv-file.ts';
import { decode } from './decode.ts';
import { readJson } from './json-file.ts';
import { RefusedFile } from './refused.ts';
import type { Cell, Table } from './table.ts';

/** @throws RefusedFile, in words for whoever gave the file */
export function readFile(bytes: Uint8Array): Table {
  const { text: raw, encoding } = decode(bytes);
  const text = cleanText(raw);
  const start = text.trimStart();
  if (start === '') throw new RefusedFile('The file holds nothing but blanks.');
  if (/^<(?:!doctype|html|\?xml)/i.test(start)) {
    throw new RefusedFile('This is a web page or XML, not a table. Save the list as CSV or JSON.');
  }
  if (start.startsWith('{') || start.startsWith('[')) {
    const table = readJson(text);
    // What is spelled out by its number shows once it is read.
    const cleaned = text.includes('\\u') ? cleanTable(table) : table;
    return { ...cleaned, readAs: `JSON, ${encoding}` };
  }
  const table = readCsv(text);
  return { ...table, readAs: `${encoding}, ${table.readAs}` };
}

const cleanTable = <Part extends Pick<Table, 'columns' | 'rows'>>(table: Part): Part => ({
  ...table,
  columns: table.columns.map(cleanText),
  rows: table.rows.map((row) => ({ ...row, cells: row.cells.map(cleanCell) })),
});

const cleanCell = (cell: Cell): Cell =>
  typeof cell === 'string' ? cleanText(cell) : cell.map(cleanText);
