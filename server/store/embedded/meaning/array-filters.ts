// The filters of an update's $[name]: which elements of an array it means.
import { type Doc, isDoc } from '../bson/bson.ts';
import { badValue, Failure } from '../failure.ts';
import { compileFilter, isOperators, valueTest } from './filter.ts';
import { equalsOrFits, type Predicate } from './predicates.ts';
import type { ArrayFilters } from './update-paths.ts';

/** Each filter speaks of one name: {"x.score": {$gt: 5}} or {x: {$gt: 5}}. */
export function parseArrayFilters(list: unknown): ArrayFilters {
  if (list === undefined) return new Map();
  if (!Array.isArray(list)) throw new Failure(14, 'arrayFilters must be an array');
  return new Map(
    list.map((filter): [string, Predicate] => {
      const paths = isDoc(filter) ? namesIn(filter) : [];
      const names = new Set(paths.map((path) => path.split('.')[0] as string));
      const [name] = names;
      if (!isDoc(filter) || names.size !== 1 || name === undefined) {
        throw new Failure(9, 'Error parsing array filter: Expected a single top-level field name');
      }
      if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) {
        throw badValue(
          `Error parsing array filter: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
        );
      }
      return [name, filterTest(filter, name)];
    }),
  );
}

function namesIn(filter: Doc): string[] {
  return Object.entries(filter).flatMap(([name, value]) =>
    name.startsWith('$') && Array.isArray(value) ? value.filter(isDoc).flatMap(namesIn) : [name],
  );
}

function filterTest(filter: Doc, name: string): Predicate {
  const only = filter[name];
  if (Object.keys(filter).length === 1 && only !== undefined) {
    return isOperators(only) ? valueTest(only) : equalsOrFits(only);
  }
  const matches = compileFilter(filter);
  return (item) => matches({ [name]: item });
}
