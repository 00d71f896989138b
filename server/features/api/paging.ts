// Pages of a collection that hold still while records come and go: a cursor says after which place in the
// order the next page begins, not how many records came before. RFC 8288 links lead from page to page.
import { compareDates } from '../../domain/dates.ts';
import { fold } from '../../domain/fold.ts';
import type { PartialDate } from '../../domain/records.ts';
import { invalid } from '../../errors.ts';

/** Where a record stands in its collection, as texts that a cursor can carry. */
export type Key = readonly string[];

/** The order of a collection: the same as the snapshot's (directory/order.ts). */
export interface Order<Entry> {
  readonly length: number;
  readonly keyOf: (entry: Entry) => Key;
  readonly compare: (one: Key, other: Key) => number;
}

const compareTexts = (one: string, other: string): number =>
  one < other ? -1 : one > other ? 1 : 0;

const part = (key: Key, index: number): string => key[index] ?? '';

function compareInTurn(one: Key, other: Key): number {
  for (let index = 0; index < one.length; index += 1) {
    const difference = compareTexts(part(one, index), part(other, index));
    if (difference !== 0) return difference;
  }
  return 0;
}

/** By name as people look it up, then by what `rest` gives, then by slug. */
export const byName = <Entry extends { readonly name: string; readonly slug: string }>(
  rest: (entry: Entry) => string = () => '',
): Order<Entry> => ({
  length: 3,
  keyOf: (entry) => [fold(entry.name), rest(entry), entry.slug],
  compare: compareInTurn,
});

/** The newest of the dates first, date after date, then by slug; `slugs` turns that last step round. */
export const newestFirst = <Entry extends { readonly slug: string }>(
  datesOf: (entry: Entry) => readonly PartialDate[],
  count: number,
  slugs: 'up' | 'down' = 'up',
): Order<Entry> => ({
  length: count + 1,
  keyOf: (entry) => [...datesOf(entry), entry.slug],
  compare: (one, other) => {
    for (let index = 0; index < count; index += 1) {
      const difference = compareDates(part(other, index), part(one, index));
      if (difference !== 0) return difference;
    }
    const bySlug = compareTexts(part(one, count), part(other, count));
    return slugs === 'up' ? bySlug : -bySlug;
  },
});

const encodeCursor = (key: Key): string => Buffer.from(JSON.stringify(key)).toString('base64url');

function decodeCursor(cursor: string, length: number): Key {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      Array.isArray(key) &&
      key.length === length &&
      key.every((one) => typeof one === 'string')
    ) {
      return key;
    }
  } catch {
    // Not one of ours: said below, as for every other unreadable cursor.
  }
  throw invalid('cursor is not one that this address gave; begin without it.', 'cursor');
}

export interface Slice<Entry> {
  readonly entries: readonly Entry[];
  /** Of the page after this one; null on the last. */
  readonly nextCursor: string | null;
}

/**
 * The entries after the cursor's place, at most `limit`.
 * @param selection in the collection's order
 * @throws Problem (invalid) for a cursor that is not ours
 */
export function takePage<Entry>(
  selection: readonly Entry[],
  order: Order<Entry>,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Slice<Entry> {
  const start =
    page.cursor === undefined
      ? 0
      : firstAfter(selection, order, decodeCursor(page.cursor, order.length));
  const entries = selection.slice(start, start + page.limit);
  const last = entries.at(-1);
  const more = last !== undefined && start + entries.length < selection.length;
  return { entries, nextCursor: more ? encodeCursor(order.keyOf(last)) : null };
}

/** Index of the first entry that stands after the key; halving, since the selection is in order. */
function firstAfter<Entry>(selection: readonly Entry[], order: Order<Entry>, key: Key): number {
  let low = 0;
  let high = selection.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = selection[middle];
    if (entry !== undefined && order.compare(order.keyOf(entry), key) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
