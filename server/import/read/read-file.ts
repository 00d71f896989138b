// A file's bytes to a table, whatever the file is; its name does not matter, its content does.
import { readCsv } from './csv-file.ts';
import { decode } from './decode.ts';
import { readJson } from './json-file.ts';
import { RefusedFile } from './refused.ts';
import type { Table } from './table.ts';

/** @throws RefusedFile, in words for whoever gave the file */
export function readFile(bytes: Uint8Array): Table {
  const { text, encoding } = decode(bytes);
  const start = text.trimStart();
  if (start === '') throw new RefusedFile('The file holds nothing but blanks.');
  if (/^<(?:!doctype|html|\?xml)/i.test(start)) {
    throw new RefusedFile('This is a web page or XML, not a table. Save the list as CSV or JSON.');
  }
  if (start.startsWith('{') || start.startsWith('[')) {
    return { ...readJson(text), readAs: `JSON, ${encoding}` };
  }
  const table = readCsv(text);
  return { ...table, readAs: `${encoding}, ${table.readAs}` };
}
