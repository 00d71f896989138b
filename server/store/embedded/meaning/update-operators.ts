// The update operators: each says what becomes of the value at one path.
import { Int32, Timestamp } from 'bson';
import { copyOf, type Doc, isDoc } from '../bson/bson.ts';
import { compareValues, isEqual } from '../bson/compare.ts';
import { badValue, Failure, unsupported } from '../failure.ts';
import { combine } from './arithmetic.ts';
import { compileFilter, isOperators, valueTest } from './filter.ts';
import { compareBy, distinctValues } from './paths.ts';
import { equalsOrFits, type Predicate, toNumber, typeName } from './predicates.ts';
import { parseSort } from './sort.ts';

/** What becomes of the value; `undefined` leaves a missing field missing. */
export type Change = (current: unknown) => unknown;

function arrayOf(current: unknown, name: string): unknown[] {
  if (current === undefined) return [];
  if (Array.isArray(current)) return current;
  throw badValue(
    `The field must be an array but is of type ${typeName(current)} (applying ${name})`,
  );
}

function eachOf(
  argument: unknown,
  name: string,
  allowed: readonly string[],
): Doc & { $each: unknown[] } {
  if (!isDoc(argument) || !Object.hasOwn(argument, '$each')) return { $each: [argument] };
  const strange = Object.keys(argument).find((key) => !allowed.includes(key));
  if (strange) throw badValue(`Unrecognized clause in ${name}: ${strange}`);
  if (!Array.isArray(argument['$each'])) {
    throw badValue(`The argument to $each in ${name} must be an array`);
  }
  return argument as Doc & { $each: unknown[] };
}

function order(list: unknown[], sort: unknown): unknown[] {
  if (isDoc(sort)) {
    const fields = parseSort(sort);
    return list.sort((a, b) => compareBy(fields)(isDoc(a) ? a : {}, isDoc(b) ? b : {}));
  }
  const direction = toNumber(sort);
  if (direction !== 1 && direction !== -1)
    throw badValue('The $sort element value must be either 1 or -1');
  return list.sort((a, b) => compareValues(a, b) * direction);
}

function push(argument: unknown): Change {
  const given = eachOf(argument, '$push', ['$each', '$slice', '$sort', '$position']);
  const slice = given['$slice'] === undefined ? undefined : toNumber(given['$slice']);
  const position = given['$position'] === undefined ? undefined : toNumber(given['$position']);
  return (current) => {
    let list = [...arrayOf(current, '$push')];
    const at = position === undefined ? list.length : position;
    list.splice(at, 0, ...copyOf(given.$each));
    if (given['$sort'] !== undefined) list = order(list, given['$sort']);
    if (slice === undefined) return list;
    return slice < 0 ? list.slice(slice) : list.slice(0, slice);
  };
}

function addToSet(argument: unknown): Change {
  const given = eachOf(argument, '$addToSet', ['$each']);
  return (current) => {
    const list = arrayOf(current, '$addToSet');
    const added = distinctValues(given.$each).filter(
      (item) => !list.some((known) => isEqual(known, item)),
    );
    return added.length === 0 && current !== undefined ? current : [...list, ...copyOf(added)];
  };
}

function pop(argument: unknown): Change {
  const way = toNumber(argument);
  if (way !== 1 && way !== -1)
    throw new Failure(9, `$pop expects 1 or -1, found: ${String(argument)}`);
  return (current) => {
    if (current === undefined) return undefined;
    if (!Array.isArray(current)) {
      throw wrongArray(current, '$pop');
    }
    return way === 1 ? current.slice(0, -1) : current.slice(1);
  };
}

const wrongArray = (current: unknown, name: string): Failure =>
  new Failure(14, `Cannot apply ${name} to a non-array value of type ${typeName(current)}`);

/** $pull: a value, operators on each element, or a filter on each document in the array. */
function pullTest(argument: unknown): Predicate {
  if (isOperators(argument)) return valueTest(argument);
  if (!isDoc(argument)) return equalsOrFits(argument);
  const matches = compileFilter(argument);
  return (item) => isDoc(item) && matches(item);
}

const without =
  (name: string, test: Predicate): Change =>
  (current) => {
    if (current === undefined) return undefined;
    if (!Array.isArray(current)) throw wrongArray(current, name);
    const kept = current.filter((item) => !test(item));
    return kept.length === current.length ? current : kept;
  };

function pullAll(argument: unknown): Change {
  if (!Array.isArray(argument)) throw badValue('$pullAll requires an array argument');
  return without('$pullAll', (item) => argument.some((gone) => isEqual(gone, item)));
}

function currentDate(argument: unknown, now: Date): Change {
  const type = isDoc(argument) ? argument['$type'] : argument === true ? 'date' : undefined;
  if (type === 'date') return () => now;
  if (type === 'timestamp')
    return () => new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 });
  throw badValue("$currentDate needs true, {$type: 'date'} or {$type: 'timestamp'}");
}

const bounded =
  (argument: unknown, way: 1 | -1): Change =>
  (current) =>
    current === undefined || compareValues(argument, current) * way > 0 ? argument : current;

/**
 * One operator with its argument for one path.
 * @throws Failure 9 for unknown operators.
 */
export function changeOf(name: string, argument: unknown, now: Date): Change {
  switch (name) {
    case '$set':
    case '$setOnInsert':
      return () => copyOf(argument);
    case '$unset':
      return () => undefined;
    case '$inc':
      return (current) => combine(current === undefined ? new Int32(0) : current, argument, '$inc');
    case '$mul':
      return (current) => combine(current === undefined ? new Int32(0) : current, argument, '$mul');
    case '$min':
      return bounded(argument, -1);
    case '$max':
      return bounded(argument, 1);
    case '$currentDate':
      return currentDate(argument, now);
    case '$push':
      return push(argument);
    case '$addToSet':
      return addToSet(argument);
    case '$pop':
      return pop(argument);
    case '$pull':
      return without('$pull', pullTest(argument));
    case '$pullAll':
      return pullAll(argument);
    case '$bit':
      throw unsupported('the update operator $bit');
    default:
      throw new Failure(
        9,
        `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
  }
}
