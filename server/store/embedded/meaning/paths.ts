// Dotted paths through documents and arrays, as indexes and sorting see them; matching has its own walk in filter.ts.
import { type Doc, fieldOf, isDoc } from '../bson/bson.ts';
import { compareValues } from '../bson/compare.ts';
import { inverted, valueKey } from '../bson/key.ts';

/** What an empty array leaves in an index: sorts before null. */
export const emptyArray: unique symbol = Symbol('empty array');

export const isIndexPart = (part: string): boolean => /^(0|[1-9]\d*)$/.test(part);

function collect(value: unknown, parts: readonly string[], at: number, found: unknown[]): void {
  if (at === parts.length) {
    if (!Array.isArray(value)) found.push(value);
    else if (value.length === 0) found.push(emptyArray);
    else found.push(...value);
    return;
  }
  const part = parts[at] as string;
  if (Array.isArray(value)) {
    const before = found.length;
    for (const item of value) {
      if (isDoc(item)) collect(item, parts, at, found);
      else if (!isIndexPart(part)) found.push(undefined);
    }
    if (isIndexPart(part) && Number(part) < value.length) {
      collect(value[Number(part)], parts, at + 1, found);
    }
    if (found.length === before) found.push(undefined);
  } else if (isDoc(value)) collect(fieldOf(value, part), parts, at + 1, found);
  else found.push(undefined);
}

/** Every value that a document has at a path, arrays opened; undefined where the path leads nowhere. Never empty. */
export function valuesAt(doc: Doc, parts: readonly string[]): unknown[] {
  const found: unknown[] = [];
  collect(doc, parts, 0, found);
  return found;
}

/** The array that a path runs through or ends in, as a path; undefined where there is none. */
export function arrayOn(doc: Doc, parts: readonly string[]): string | undefined {
  let value: unknown = doc;
  for (let at = 0; at <= parts.length; at += 1) {
    if (Array.isArray(value)) return parts.slice(0, at).join('.');
    if (at === parts.length || !isDoc(value)) return undefined;
    value = fieldOf(value, parts[at] as string);
  }
  return undefined;
}

const emptyArrayKey = Buffer.from([5]);
const nullKey = Buffer.from([10]);

/** The bytes of one value in an index or a sort: missing counts as null. */
export function pathKey(value: unknown): Buffer {
  if (value === emptyArray) return emptyArrayKey;
  return value === undefined ? nullKey : valueKey(value);
}

export interface SortField {
  readonly path: string;
  readonly parts: readonly string[];
  readonly direction: 1 | -1;
}

function extreme(values: readonly unknown[], direction: 1 | -1): Buffer {
  if (values.length === 1) return pathKey(values[0]);
  return values
    .map(pathKey)
    .reduce((best, key) => (Buffer.compare(key, best) * direction < 0 ? key : best));
}

/** A document's place in a sort order, as bytes: of several values the least counts, or the greatest going down. */
export function sortKey(doc: Doc, fields: readonly SortField[]): Buffer {
  return Buffer.concat(
    fields.map(({ parts, direction }) => {
      const key = extreme(valuesAt(doc, parts), direction);
      return direction === 1 ? key : inverted(key);
    }),
  );
}

/** Compares two documents in a sort order. */
export const compareBy =
  (fields: readonly SortField[]) =>
  (a: Doc, b: Doc): number =>
    Buffer.compare(sortKey(a, fields), sortKey(b, fields));

/** The distinct values of a list, the first of equals kept. */
export function distinctValues(values: readonly unknown[]): unknown[] {
  const seen = new Set<string>();
  return values.filter((value) => {
    const key = valueKey(value).toString('latin1');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

export const least = (a: unknown, b: unknown): unknown => (compareValues(a, b) <= 0 ? a : b);
