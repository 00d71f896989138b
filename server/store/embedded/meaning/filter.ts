// Filters: a query document becomes a function that says whether a document matches.
// What one operator says of one value is in predicates.ts; here is the walk along dotted paths and through arrays.
import { type Doc, fieldOf, isDoc } from '../bson/bson.ts';
import { badValue, Failure, unsupported } from '../failure.ts';
import { expressionTest } from './expression.ts';
import { isIndexPart } from './paths.ts';
import {
  equals,
  equalsOrFits,
  fits,
  hasRemainder,
  inRange,
  isOfType,
  isOneOf,
  type Predicate,
  toNumber,
} from './predicates.ts';

/** Filled while matching: which element of an array matched, for the positional $ of an update. */
export interface MatchDetails {
  position?: number;
}

export type Matcher = (doc: Doc, details?: MatchDetails) => boolean;
type Leaf = (value: unknown, details?: MatchDetails) => boolean;

/** Follows a path; through arrays of documents it tries each, and a number may be a place in an array. */
function reaches(
  value: unknown,
  parts: readonly string[],
  at: number,
  leaf: Leaf,
  details?: MatchDetails,
): boolean {
  if (at === parts.length) return leaf(value, details);
  const part = parts[at] as string;
  if (isDoc(value)) return reaches(fieldOf(value, part), parts, at + 1, leaf, details);
  if (!Array.isArray(value)) return leaf(undefined, details);
  if (isIndexPart(part) && Number(part) < value.length) {
    if (reaches(value[Number(part)], parts, at + 1, leaf, details)) return true;
  }
  return value.some((item, position) => {
    if (!isDoc(item) || !reaches(item, parts, at, leaf, details)) return false;
    if (details) details.position = position;
    return true;
  });
}

/** The value itself or, of an array, any element. */
const openArrays =
  (test: Predicate): Leaf =>
  (value, details) => {
    if (!Array.isArray(value)) return test(value);
    const position = value.findIndex(test);
    if (position < 0) return test(value);
    if (details) details.position = position;
    return true;
  };

const on = (path: string, leaf: Leaf): Matcher => {
  const parts = path.split('.');
  return (doc, details) => reaches(doc, parts, 0, leaf, details);
};

const not =
  (matcher: Matcher): Matcher =>
  (doc) =>
    !matcher(doc);

const all =
  (matchers: readonly Matcher[]): Matcher =>
  (doc, details) =>
    matchers.every((matcher) => matcher(doc, details));

const any =
  (matchers: readonly Matcher[]): Matcher =>
  (doc, details) =>
    matchers.some((matcher) => matcher(doc, details));

export const isOperators = (value: unknown): value is Doc =>
  isDoc(value) && Object.keys(value)[0]?.startsWith('$') === true;

const onDocuments = new Set(['$and', '$or', '$nor', '$expr', '$comment']);

/** $elemMatch: with operators it speaks of each element, with fields of each document in the array. */
function elementMatch(criteria: unknown): Leaf {
  if (!isDoc(criteria)) throw badValue('$elemMatch needs an Object');
  const first = Object.keys(criteria)[0];
  const ofValues = first?.startsWith('$') === true && !onDocuments.has(first);
  const test = ofValues ? valueTest(criteria) : undefined;
  const matcher = ofValues ? undefined : compileFilter(criteria);
  const matches = (item: unknown): boolean => {
    if (test) return test(item);
    if (isDoc(item)) return matcher?.(item) === true;
    return Array.isArray(item) && matcher?.(Object.fromEntries(item.entries())) === true;
  };
  return (value, details) => {
    if (!Array.isArray(value)) return false;
    const position = value.findIndex(matches);
    if (position >= 0 && details) details.position = position;
    return position >= 0;
  };
}

/** Operators that look at one value as it is: inside $elemMatch, $pull and $not arrays are not opened there. */
export function valueTest(operators: Doc): Predicate {
  const tests = Object.entries(operators).map(([name, wanted]): Predicate => {
    if (name === '$options') return () => true;
    if (name === '$not') {
      const test = isOperators(wanted) ? valueTest(wanted) : fits(wanted, undefined);
      return (value) => !test(value);
    }
    const negated = negations[name];
    if (negated) {
      const test = single(negated, wanted, operators);
      return (value) => !test(value);
    }
    if (name === '$size' || name === '$all' || name === '$exists' || name === '$elemMatch') {
      const matcher = operatorMatcher('v', name, wanted, operators);
      return (value) => matcher({ v: value });
    }
    return single(name, wanted, operators);
  });
  return (value) => tests.every((test) => test(value));
}

const negations: Readonly<Record<string, string>> = { $ne: '$eq', $nin: '$in' };

/** The operators that speak of a single value. */
function single(name: string, wanted: unknown, siblings: Doc): Predicate {
  switch (name) {
    case '$eq':
      return equals(wanted);
    case '$lt':
      return inRange(wanted, (order) => order < 0);
    case '$lte':
      return inRange(wanted, (order) => order <= 0);
    case '$gt':
      return inRange(wanted, (order) => order > 0);
    case '$gte':
      return inRange(wanted, (order) => order >= 0);
    case '$in':
      return isOneOf(wanted);
    case '$mod':
      return hasRemainder(wanted);
    case '$type':
      return isOfType(wanted);
    case '$regex':
      return fits(wanted, siblings['$options']);
    default:
      throw unknownOperator(name);
  }
}

const foreignOperators = new Set(
  '$geoWithin $geoIntersects $near $nearSphere $bitsAllSet $bitsAnySet $bitsAllClear $bitsAnyClear'.split(
    ' ',
  ),
);

const unknownOperator = (name: string): Failure =>
  foreignOperators.has(name)
    ? unsupported(`the query operator ${name}`)
    : badValue(`unknown operator: ${name}`);

const isTrue = (value: unknown): boolean =>
  value !== null && value !== undefined && value !== false && toNumberOrOne(value) !== 0;

const toNumberOrOne = (value: unknown): number =>
  typeof value === 'boolean' ? Number(value) : (toNumber(value) ?? 1);

function hasAll(path: string, wanted: unknown): Matcher {
  if (!Array.isArray(wanted)) throw badValue('$all needs an array');
  if (wanted.length === 0) return () => false;
  return all(
    wanted.map((item) =>
      isDoc(item) && Object.hasOwn(item, '$elemMatch')
        ? on(path, elementMatch(item['$elemMatch']))
        : on(path, openArrays(equalsOrFits(item))),
    ),
  );
}

function hasSize(wanted: unknown): Leaf {
  const size = toNumber(wanted);
  if (size === undefined || !Number.isInteger(size)) throw badValue('$size must be a whole number');
  if (size < 0) throw badValue('$size may not be negative');
  return (value) => Array.isArray(value) && value.length === size;
}

function operatorMatcher(path: string, name: string, wanted: unknown, siblings: Doc): Matcher {
  switch (name) {
    case '$ne':
      return not(on(path, openArrays(equals(wanted))));
    case '$nin':
      return not(on(path, openArrays(isOneOf(wanted))));
    case '$not':
      if (isOperators(wanted)) return not(fieldMatcher(path, wanted));
      return not(on(path, openArrays(fits(wanted, undefined))));
    case '$exists': {
      const exists = on(path, (value) => value !== undefined);
      return isTrue(wanted) ? exists : not(exists);
    }
    case '$size':
      return on(path, hasSize(wanted));
    case '$all':
      return hasAll(path, wanted);
    case '$elemMatch':
      return on(path, elementMatch(wanted));
    case '$options':
      if (!Object.hasOwn(siblings, '$regex')) throw badValue('$options needs a $regex');
      return () => true;
    default:
      return on(path, openArrays(single(name, wanted, siblings)));
  }
}

function fieldMatcher(path: string, wanted: unknown): Matcher {
  if (!isOperators(wanted)) return on(path, openArrays(equalsOrFits(wanted)));
  return all(
    Object.entries(wanted).map(([name, value]) => {
      if (!name.startsWith('$')) throw badValue(`unknown operator: ${name}`);
      return operatorMatcher(path, name, value, wanted);
    }),
  );
}

function listOf(name: string, value: unknown): Matcher[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw badValue(`${name} must be a nonempty array`);
  }
  return value.map((item) => {
    if (!isDoc(item)) throw badValue(`${name} entries need to be full objects`);
    return compileFilter(item);
  });
}

function topLevel(name: string, value: unknown): Matcher {
  switch (name) {
    case '$and':
      return all(listOf(name, value));
    case '$or':
      return any(listOf(name, value));
    case '$nor':
      return not(any(listOf(name, value)));
    case '$expr':
      return expressionTest(value);
    case '$comment':
      return () => true;
    case '$where':
    case '$text':
    case '$jsonSchema':
      throw unsupported(`the query operator ${name}`);
    default:
      throw badValue(
        `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      );
  }
}

/**
 * A filter as a function.
 * @throws Failure for operators that are unknown or that this store does not support.
 */
export function compileFilter(filter: unknown): Matcher {
  if (filter === undefined || filter === null) return () => true;
  if (!isDoc(filter)) throw new Failure(14, 'Expected field filter to be of type object');
  return all(
    Object.entries(filter).map(([name, value]) =>
      name.startsWith('$') ? topLevel(name, value) : fieldMatcher(name, value),
    ),
  );
}
