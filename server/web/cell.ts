// What one cell of a printed table can hold. Columns make cells, views/components/sortable-table.ejs prints them.
// Every text is escaped by the template; no cell carries markup.
import type { Flag, LivenessState } from '../domain/words.ts';

export interface CellLink {
  readonly text: string;
  /** Null prints the text alone. */
  readonly href: string | null;
  /** Said after the text, muted: "4.2 miles". */
  readonly note?: string;
  /** Stands in a row with its neighbours instead of on a line of its own. */
  readonly inRow?: boolean;
}

export type Cell =
  | { readonly kind: 'text'; readonly text: string; readonly note?: string }
  | { readonly kind: 'links'; readonly items: readonly CellLink[]; readonly empty: string }
  | {
      readonly kind: 'flag';
      readonly flag: Flag;
      readonly label: string;
      readonly note?: string;
    }
  | { readonly kind: 'liveness'; readonly state: LivenessState; readonly text: string };

export const textCell = (text: string, note?: string): Cell =>
  note === undefined || note === '' ? { kind: 'text', text } : { kind: 'text', text, note };

export const linkCell = (text: string, href: string | null, note?: string): Cell => ({
  kind: 'links',
  items: [note === undefined || note === '' ? { text, href } : { text, href, note }],
  empty: '',
});

/** Several links below each other, or the words for none. */
export const linksCell = (items: readonly CellLink[], empty: string): Cell => ({
  kind: 'links',
  items,
  empty,
});
