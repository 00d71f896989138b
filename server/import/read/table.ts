// What every format is brought to: heads and rows of cells, each row with the line it begins on.

/** Several values stand in one cell of a JSON file; elsewhere a cell is text. */
export type Cell = string | readonly string[];

export interface TableRow {
  /** As an editor counts, from 1. */
  readonly line: number;
  /** One for each column; '' where there is nothing. */
  readonly cells: readonly Cell[];
}

/** Which kind of file it was taken for, by its content. */
export const fileFormats = [
  'brigade-list',
  'brigade-list-2014',
  'civic-tech-index',
  'geojson',
  'json',
  'csv',
  'our-groups',
  'our-partners',
] as const;
export type FileFormat = (typeof fileFormats)[number];

export interface Table {
  readonly format: FileFormat;
  /** No two are the same, none is blank. */
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  /** "UTF-8, columns parted by semicolons". */
  readonly readAs: string;
  /** What was passed over and why, in words. */
  readonly notes: readonly string[];
}

/** The text of a cell; several values with `; ` between them. */
export const cellText = (cell: Cell | undefined): string =>
  typeof cell === 'string' ? cell : (cell ?? []).join('; ');

/** Columns of one head are told apart by a number, blank ones by their place. */
export function nameColumns(heads: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return heads.map((head, at) => {
    const name = head.replace(/\s+/g, ' ').trim() || `column ${at + 1}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}
