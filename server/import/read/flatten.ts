// Records of a JSON file as a table: one column for each field, `location.city` for a field within a field.
import { longestCell, mostColumns, mostRows } from './bounds.ts';
import { RefusedFile } from './refused.ts';
import type { Cell, TableRow } from './table.ts';

export type JsonRecord = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const lines = (line: number | undefined): string => (line === undefined ? '' : `Line ${line}: `);

/** @throws RefusedFile where there is too much of anything */
export function flatten(
  records: readonly JsonRecord[],
  lineOf: (index: number) => number,
): { readonly columns: readonly string[]; readonly rows: readonly TableRow[] } {
  if (records.length > mostRows) {
    throw new RefusedFile(`The file has ${records.length} records; ${mostRows} is the most.`);
  }
  const columns = new Map<string, number>();
  const rows = records.map((record, index) => {
    const cells: Cell[] = [];
    const put = (path: string, value: unknown): void => {
      if (isRecord(value)) {
        for (const [name, inner] of Object.entries(value)) put(`${path}.${name}`, inner);
        return;
      }
      const at = columns.get(path) ?? columns.size;
      if (!columns.has(path)) columns.set(path, at);
      const cell = toCell(value);
      cells[at] = cell;
      if (String(cell).length > longestCell) {
        throw new RefusedFile(`${lines(lineOf(index))}the value of ${path} is too long.`);
      }
    };
    for (const [name, value] of Object.entries(record)) put(name, value);
    if (columns.size > mostColumns) {
      throw new RefusedFile(
        `${lines(lineOf(index))}the records have more than ${mostColumns} fields.`,
      );
    }
    return { line: lineOf(index), cells };
  });
  return {
    columns: [...columns.keys()],
    rows: rows.map((row) => {
      const { cells } = row;
      // A column that a later record brought is blank in those before.
      for (let at = 0; at < columns.size; at += 1) cells[at] ??= '';
      return row;
    }),
  };
}

function toCell(value: unknown): Cell {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) {
    return value.map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one)));
  }
  return String(value);
}
