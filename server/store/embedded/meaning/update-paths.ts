// Where an update writes: paths with $, $[] and $[name] become plain paths of one document.
import { type Doc, fieldOf, isDoc, setField } from '../bson/bson.ts';
import { badValue, Failure } from '../failure.ts';
import type { MatchDetails } from './filter.ts';
import { isIndexPart } from './paths.ts';
import type { Predicate } from './predicates.ts';

/** The filters of $[name], by name. */
export type ArrayFilters = ReadonlyMap<string, Predicate>;

export const readAt = (value: unknown, part: string): unknown => {
  if (Array.isArray(value)) return isIndexPart(part) ? value[Number(part)] : undefined;
  return isDoc(value) ? fieldOf(value, part) : undefined;
};

export const valueAt = (doc: Doc, parts: readonly string[]): unknown =>
  parts.reduce<unknown>(readAt, doc);

/** The plain paths that a path stands for in this document. */
export function resolvePath(
  doc: Doc,
  path: string,
  details: MatchDetails,
  filters: ArrayFilters,
): string[][] {
  let found: { value: unknown; parts: string[] }[] = [{ value: doc, parts: [] }];
  for (const part of path.split('.')) {
    found = found.flatMap(({ value, parts }) => {
      const places = placesOf(value, part, path, details, filters);
      return places.map((place) => ({ value: readAt(value, place), parts: [...parts, place] }));
    });
  }
  return found.map(({ parts }) => parts);
}

function placesOf(
  value: unknown,
  part: string,
  path: string,
  details: MatchDetails,
  filters: ArrayFilters,
): string[] {
  if (part === '$') {
    if (details.position === undefined) {
      throw badValue('The positional operator did not find the match needed from the query.');
    }
    return [String(details.position)];
  }
  const name = /^\$\[(.*)\]$/.exec(part)?.[1];
  if (name === undefined) return [part];
  if (!Array.isArray(value)) {
    throw badValue(
      `The path '${path}' must exist in the document in order to apply array updates.`,
    );
  }
  const test = name === '' ? () => true : filters.get(name);
  if (!test) throw badValue(`No array filter found for identifier '${name}' in path '${path}'`);
  return [...value.keys()].filter((place) => test(value[place])).map(String);
}

const notViable = (part: string, holder: unknown): Failure =>
  new Failure(
    28,
    `Cannot create field '${part}' in element of type ${Array.isArray(holder) ? 'array' : typeof holder}`,
  );

/** The longest array that a number in a path may fill up with nulls, as in MongoDB. */
const longestFill = 1_500_000;

function writeAt(holder: unknown, part: string, value: unknown): void {
  if (Array.isArray(holder)) {
    if (!isIndexPart(part)) throw notViable(part, holder);
    const place = Number(part);
    if (place > holder.length + longestFill)
      throw badValue("can't backfill more than 1500000 elements");
    while (holder.length < place) holder.push(null);
    holder[place] = value;
  } else if (isDoc(holder)) setField(holder, part, value);
  else throw notViable(part, holder);
}

/** Sets a value, making the documents on the way. @throws Failure 28 where something else is in the way. */
export function writePath(doc: Doc, parts: readonly string[], value: unknown): void {
  let holder: unknown = doc;
  parts.slice(0, -1).forEach((part) => {
    if (readAt(holder, part) === undefined) writeAt(holder, part, {});
    holder = readAt(holder, part);
  });
  writeAt(holder, parts.at(-1) as string, value);
}

/** Removes a field; a place in an array becomes null. */
export function removePath(doc: Doc, parts: readonly string[]): void {
  const holder = valueAt(doc, parts.slice(0, -1));
  const part = parts.at(-1) as string;
  if (Array.isArray(holder)) {
    if (isIndexPart(part) && Number(part) < holder.length) holder[Number(part)] = null;
  } else if (isDoc(holder)) delete holder[part];
}
