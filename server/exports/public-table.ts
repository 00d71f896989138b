// What the downloads of the whole directory are made of: the public tables, as the API gives them.
// Which tables there are is features/api/tables.ts; how they are packed is archive.ts.
import type { Directory } from '../directory/directory.ts';

export interface TableColumn {
  readonly name: string;
  /** What stands in it, in one sentence. */
  readonly about: string;
}

export interface PublicTable {
  /** `groups`: names the files, and the table on the command line. */
  readonly name: string;
  /** One sentence. */
  readonly about: string;
  readonly columns: readonly TableColumn[];
  /** The records as the API's JSON has them, each a plain object. */
  readonly items: (directory: Directory) => readonly unknown[];
  /** The whole table, the same bytes as the API's. */
  readonly csv: (directory: Directory) => string;
  /** Absent where rows stand nowhere on a map. */
  readonly geojson?: (directory: Directory) => string;
}

/** The tables for one site: records carry the address of their page. */
export type PublicTables = (publicUrl: string) => readonly PublicTable[];
