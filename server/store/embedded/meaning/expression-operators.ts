// The expression operators that are ours and not mingo's: comparisons and sets in MongoDB's order of values,
// arithmetic that refuses what JavaScript numbers cannot hold, and conversions.
import { ObjectId } from 'bson';
import type { Doc } from '../bson/bson.ts';
import { isDoc, setField } from '../bson/bson.ts';
import { compareValues, isEqual } from '../bson/compare.ts';
import { Failure, unsupported } from '../failure.ts';
import { distinctValues } from './paths.ts';
import { typeName } from './predicates.ts';
import { compileRegex } from './regex.ts';

/** Evaluates a part of the argument. */
export type Evaluate = (expression: unknown) => unknown;
type Operator = (evaluate: Evaluate, argument: unknown) => unknown;

const isNil = (value: unknown): value is null | undefined => value === null || value === undefined;

/** Exactly so many arguments, evaluated. */
function args(evaluate: Evaluate, argument: unknown, name: string, count: number): unknown[] {
  const list = Array.isArray(argument) ? argument : [argument];
  if (list.length !== count) {
    throw new Failure(
      16020,
      `Expression ${name} takes exactly ${count} arguments. ${list.length} were passed in.`,
    );
  }
  return list.map(evaluate);
}

const comparison =
  (name: string, holds: (order: number) => unknown): Operator =>
  (evaluate, argument) => {
    const [a, b] = args(evaluate, argument, name, 2);
    return holds(compareValues(a, b));
  };

function numberOf(value: unknown, name: string): number {
  if (typeof value === 'number') return value;
  const kind = (value as { _bsontype?: string })._bsontype;
  if (kind === 'Long' || kind === 'Decimal128') {
    throw unsupported(`${name} on decimals and on whole numbers beyond 2^53`);
  }
  throw new Failure(14, `${name} only supports numeric types, not ${typeName(value)}`);
}

/** A result that JavaScript cannot hold exactly is refused where MongoDB would go on with a long. */
function exact(result: number, inputs: readonly number[], name: string): number {
  if (inputs.every(Number.isInteger) && Number.isFinite(result) && !Number.isSafeInteger(result)) {
    throw unsupported(`results of ${name} beyond 2^53`);
  }
  return result;
}

function addAll(evaluate: Evaluate, argument: unknown): unknown {
  const values = (Array.isArray(argument) ? argument : [argument]).map(evaluate);
  if (values.some(isNil)) return null;
  const dates = values.filter((value) => value instanceof Date);
  if (dates.length > 1) throw new Failure(16612, 'only one date allowed in an $add expression');
  const numbers = values.map((value) =>
    value instanceof Date ? value.getTime() : numberOf(value, '$add'),
  );
  const sum = exact(
    numbers.reduce((total, number) => total + number, 0),
    numbers,
    '$add',
  );
  return dates.length === 1 ? new Date(Math.round(sum)) : sum;
}

function subtract(evaluate: Evaluate, argument: unknown): unknown {
  const [a, b] = args(evaluate, argument, '$subtract', 2);
  if (isNil(a) || isNil(b)) return null;
  if (a instanceof Date) {
    if (b instanceof Date) return a.getTime() - b.getTime();
    return new Date(a.getTime() - Math.round(numberOf(b, '$subtract')));
  }
  const numbers = [numberOf(a, '$subtract'), numberOf(b, '$subtract')] as const;
  return exact(numbers[0] - numbers[1], numbers, '$subtract');
}

function multiplyAll(evaluate: Evaluate, argument: unknown): unknown {
  const values = (Array.isArray(argument) ? argument : [argument]).map(evaluate);
  if (values.some(isNil)) return null;
  const numbers = values.map((value) => numberOf(value, '$multiply'));
  return exact(
    numbers.reduce((product, number) => product * number, 1),
    numbers,
    '$multiply',
  );
}

function divide(evaluate: Evaluate, argument: unknown): unknown {
  const [a, b] = args(evaluate, argument, '$divide', 2);
  if (isNil(a) || isNil(b)) return null;
  const divisor = numberOf(b, '$divide');
  if (divisor === 0) throw new Failure(2, "can't $divide by zero");
  return numberOf(a, '$divide') / divisor;
}

const ofNumber =
  (name: string, work: (value: number) => number): Operator =>
  (evaluate, argument) => {
    const [value] = args(evaluate, argument, name, 1);
    return isNil(value) ? null : work(numberOf(value, name)) + 0;
  };

function listOf(value: unknown, name: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new Failure(
    17043,
    `All operands of ${name} must be arrays. One argument is of type: ${typeName(value)}`,
  );
}

function isIn(evaluate: Evaluate, argument: unknown): unknown {
  const [wanted, list] = args(evaluate, argument, '$in', 2);
  if (!Array.isArray(list)) {
    throw new Failure(
      40081,
      `$in requires an array as a second argument, found: ${typeName(list)}`,
    );
  }
  return list.some((item) => isEqual(item, wanted));
}

const ofSets =
  (name: string, work: (a: unknown[], b: unknown[]) => unknown): Operator =>
  (evaluate, argument) => {
    const [a, b] = args(evaluate, argument, name, 2);
    return isNil(a) || isNil(b) ? null : work(listOf(a, name), listOf(b, name));
  };

const has = (list: readonly unknown[], wanted: unknown): boolean =>
  list.some((item) => isEqual(item, wanted));

/** A place in a list, from the end where it is negative; missing beyond it. */
function elementAt(evaluate: Evaluate, argument: unknown): unknown {
  const [list, place] = args(evaluate, argument, '$arrayElemAt', 2);
  if (isNil(list) || isNil(place)) return null;
  if (!Array.isArray(list)) {
    throw new Failure(
      28689,
      `$arrayElemAt's first argument must be an array, but is ${typeName(list)}`,
    );
  }
  return list.at(numberOf(place, '$arrayElemAt'));
}

const edge =
  (name: string, place: number): Operator =>
  (evaluate, argument) => {
    const [list] = args(evaluate, argument, name, 1);
    if (isNil(list)) return null;
    if (!Array.isArray(list)) {
      throw new Failure(28689, `${name}'s argument must be an array, but is ${typeName(list)}`);
    }
    return list.at(place);
  };

function mergeObjects(evaluate: Evaluate, argument: unknown): unknown {
  const merged: Doc = {};
  for (const part of (Array.isArray(argument) ? argument : [argument]).map(evaluate)) {
    if (isNil(part)) continue;
    if (!isDoc(part)) {
      throw new Failure(
        40400,
        `$mergeObjects requires object inputs, but input is of type ${typeName(part)}`,
      );
    }
    for (const [name, value] of Object.entries(part)) setField(merged, name, value);
  }
  return merged;
}

function toText(evaluate: Evaluate, argument: unknown): unknown {
  const [value] = args(evaluate, argument, '$toString', 1);
  if (isNil(value)) return null;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof ObjectId) return value.toHexString();
  if (typeof value === 'object') throw unsupported(`$toString of the type ${typeName(value)}`);
  return String(value);
}

const ofText =
  (name: string, work: (text: string) => string): Operator =>
  (evaluate, argument) => {
    const [value] = args(evaluate, argument, name, 1);
    if (isNil(value)) return '';
    if (typeof value !== 'string') throw unsupported(`${name} of the type ${typeName(value)}`);
    return work(value);
  };

/** ASCII letters only, as MongoDB does. */
const lower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const upper = (text: string): string => text.replace(/[a-z]/g, (letter) => letter.toUpperCase());

function regexMatch(evaluate: Evaluate, argument: unknown): unknown {
  if (!isDoc(argument))
    throw new Failure(51103, '$regexMatch expects an object of named arguments');
  const input = evaluate(argument['input']);
  if (isNil(input)) return false;
  if (typeof input !== 'string')
    throw new Failure(51104, "$regexMatch needs 'input' to be of type string");
  const options =
    argument['options'] === undefined ? undefined : String(evaluate(argument['options']));
  return compileRegex(evaluate(argument['regex']) as string, options).test(input);
}

export const ownOperators: Readonly<Record<string, Operator>> = {
  $eq: comparison('$eq', (order) => order === 0),
  $ne: comparison('$ne', (order) => order !== 0),
  $lt: comparison('$lt', (order) => order < 0),
  $lte: comparison('$lte', (order) => order <= 0),
  $gt: comparison('$gt', (order) => order > 0),
  $gte: comparison('$gte', (order) => order >= 0),
  $cmp: comparison('$cmp', Math.sign),
  $in: isIn,
  $add: addAll,
  $subtract: subtract,
  $multiply: multiplyAll,
  $divide: divide,
  $abs: ofNumber('$abs', Math.abs),
  $ceil: ofNumber('$ceil', Math.ceil),
  $floor: ofNumber('$floor', Math.floor),
  $arrayElemAt: elementAt,
  $first: edge('$first', 0),
  $last: edge('$last', -1),
  $setUnion: ofSets('$setUnion', (a, b) => distinctValues([...a, ...b])),
  $setIntersection: ofSets('$setIntersection', (a, b) =>
    distinctValues(a.filter((item) => has(b, item))),
  ),
  $setDifference: ofSets('$setDifference', (a, b) =>
    distinctValues(a.filter((item) => !has(b, item))),
  ),
  $setIsSubset: ofSets('$setIsSubset', (a, b) => a.every((item) => has(b, item))),
  $mergeObjects: mergeObjects,
  $toString: toText,
  $toLower: ofText('$toLower', lower),
  $toUpper: ofText('$toUpper', upper),
  $regexMatch: regexMatch,
  $type: (evaluate, argument) => typeName(args(evaluate, argument, '$type', 1)[0]),
};
