// Rows of a table as what they say of groups, still in the list's own words. Whether it is true is left to compare/.
import type { ColumnField, ColumnMapping } from './columns.ts';
import { type Cell, cellText, type Table } from './table.ts';

export interface ListedRow {
  readonly line: number;
  /** One for each field that a column holds, trimmed; '' where the cell is blank. */
  readonly texts: Readonly<Partial<Record<ColumnField, string>>>;
  /** Undefined where no column holds them. */
  readonly tags: readonly string[] | undefined;
  readonly topics: readonly string[] | undefined;
  readonly previousNames: readonly string[] | undefined;
}

const lists = ['tags', 'topics', 'previousNames'] as const;

/** One for each row that says anything. Of several columns for one field the first that is filled counts. */
export function toListedRows(table: Table, mapping: ColumnMapping): ListedRow[] {
  const columns = mapping.flatMap((field, at) => (field === null ? [] : [{ field, at }]));
  const hasName = mapping.includes('name');
  return table.rows.map(({ line, cells }) => {
    const texts: Partial<Record<ColumnField, string>> = {};
    const found: Partial<Record<(typeof lists)[number], readonly string[]>> = {};
    for (const { field, at } of columns) {
      const cell = cells[at];
      if (!isList(field)) texts[field] ||= clean(cellText(cell));
      else if (found[field] === undefined || Array.isArray(cell))
        found[field] = toList(field, cell);
    }
    // A list of places has no names: the place stands for it.
    if (!hasName && texts.place !== undefined) texts.name = texts.place;
    return {
      line,
      texts,
      tags: found.tags,
      topics: found.topics,
      previousNames: found.previousNames,
    };
  });
}

const isList = (field: ColumnField): field is (typeof lists)[number] =>
  (lists as readonly string[]).includes(field);

/** No-break spaces and line breaks are spaces; none is left at the ends. */
const clean = (text: string): string =>
  (/[^\S ]| {2}|\u200b/.test(text) ? text.replace(/[\s\u00a0\u200b\ufeff]+/g, ' ') : text).trim();

/** `Brigade, midwest, ` is two words; names have commas of their own, so they are parted by semicolons. */
function toList(field: ColumnField, cell: Cell | undefined): readonly string[] {
  const parts =
    typeof cell === 'string' || cell === undefined
      ? (cell ?? '').split(field === 'previousNames' ? /;/ : /[,;]/)
      : cell;
  return [...new Set(parts.map(clean).filter((part) => part !== ''))];
}
