// What one query operator says of one value. Arrays are opened by the caller (filter.ts), never here.
// Values of another kind never match: 5 is not less than "6".
import type { Binary, Decimal128 } from 'bson';
import {
  compareValues,
  isEqual,
  kindOf,
  kinds,
  type NumberValue,
  plainNumber,
} from '../bson/compare.ts';
import { badValue, unsupported } from '../failure.ts';
import { compileRegex, isRegex } from './regex.ts';

export type Predicate = (value: unknown) => boolean;

const isNull = (value: unknown): boolean => value === null || value === undefined;

/** Equality: null also means missing; a regular expression means text that fits it. */
export function equals(wanted: unknown): Predicate {
  if (wanted === null || wanted === undefined) return isNull;
  kindOf(wanted);
  return (value) => value !== undefined && isEqual(value, wanted);
}

/** Equality where a regular expression stands for every text that it fits. */
export function equalsOrFits(wanted: unknown): Predicate {
  if (!isRegex(wanted)) return equals(wanted);
  const regex = compileRegex(wanted);
  const same = equals(wanted);
  return (value) => (typeof value === 'string' ? regex.test(value) : same(value));
}

const isNotANumber = (value: unknown): boolean =>
  kindOf(value) === kinds.number &&
  (Number.isNaN(plainNumber(value as NumberValue)) ||
    ((value as Decimal128)._bsontype === 'Decimal128' && String(value) === 'NaN'));

/** $lt, $lte, $gt, $gte. */
export function inRange(wanted: unknown, holds: (order: number) => boolean): Predicate {
  if (isRegex(wanted)) throw badValue("Can't have RegEx as arg to predicate over field");
  const kind = kindOf(wanted);
  if (kind === kinds.null || kind === kinds.missing) return holds(0) ? isNull : () => false;
  if (kind === kinds.minKey || kind === kinds.maxKey) {
    return (value) => holds(compareValues(value ?? null, wanted));
  }
  if (kind === kinds.number && isNotANumber(wanted)) {
    return (value) => holds(0) && kindOf(value) === kinds.number && isNotANumber(value);
  }
  return (value) =>
    kindOf(value) === kind &&
    !(kind === kinds.number && isNotANumber(value)) &&
    holds(compareValues(value, wanted));
}

/** $in: any of the values, or of the regular expressions. */
export function isOneOf(wanted: unknown): Predicate {
  if (!Array.isArray(wanted)) throw badValue('$in needs an array');
  const tests = wanted.map((item) => {
    if (kindOf(item) === kinds.object && Object.keys(item as object)[0]?.startsWith('$')) {
      throw badValue('cannot nest $ under $in');
    }
    return equalsOrFits(item);
  });
  return (value) => tests.some((test) => test(value));
}

const typeNames: Readonly<Record<string, number>> = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  javascript: 13,
  symbol: 14,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
};

const classTypes: Readonly<Record<string, number>> = {
  Int32: 16,
  Double: 1,
  Long: 18,
  Decimal128: 19,
  ObjectId: 7,
  Binary: 5,
  UUID: 5,
  Timestamp: 17,
  BSONRegExp: 11,
  BSONSymbol: 14,
  Code: 13,
  MinKey: -1,
  MaxKey: 127,
};

/** The BSON type of a value as a number; undefined for a missing one. */
export function typeNumber(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (value === null) return 10;
  if (typeof value === 'string') return 2;
  if (typeof value === 'boolean') return 8;
  if (typeof value === 'number')
    return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? 16 : 1;
  if (Array.isArray(value)) return 4;
  if (value instanceof Date) return 9;
  if (value instanceof RegExp) return 11;
  if (value instanceof Uint8Array) return 5;
  return classTypes[(value as Binary)._bsontype] ?? 3;
}

/** The name that $type and error messages use. */
export const typeName = (value: unknown): string =>
  Object.entries(typeNames).find(([, number]) => number === typeNumber(value))?.[0] ?? 'missing';

/** $type: one name or number, or a list of them; "number" means all four. */
export function isOfType(wanted: unknown): Predicate {
  const types = (Array.isArray(wanted) ? wanted : [wanted]).flatMap((item) => {
    if (item === 'number') return [1, 16, 18, 19];
    const number = typeof item === 'string' ? typeNames[item] : plainNumber(item as NumberValue);
    if (number === undefined || !Object.values(typeNames).includes(number)) {
      throw badValue(`Unknown type name alias: ${String(item)}`);
    }
    return [number];
  });
  if (types.length === 0) throw badValue('$type must match at least one type');
  return (value) => types.includes(typeNumber(value) as number);
}

/** A number as JavaScript's, whatever its type; undefined for anything else. */
export function toNumber(value: unknown): number | undefined {
  if (kindOf(value) !== kinds.number) return undefined;
  return plainNumber(value as NumberValue) ?? Number(String(value));
}

/** $mod: [divisor, remainder], both cut to whole numbers. */
export function hasRemainder(wanted: unknown): Predicate {
  const [divisor, remainder] = (Array.isArray(wanted) ? wanted : []).map(toNumber);
  if (!Array.isArray(wanted) || wanted.length !== 2) {
    throw badValue('malformed mod, needs to be an array of two numbers');
  }
  if (divisor === undefined || remainder === undefined) {
    throw badValue('malformed mod, divisor and remainder must be numbers');
  }
  if (Math.trunc(divisor) === 0) throw badValue('divisor cannot be 0');
  return (value) => {
    const number = toNumber(value);
    if (number === undefined || !Number.isFinite(number)) return false;
    if (Math.abs(number) > Number.MAX_SAFE_INTEGER)
      throw unsupported('$mod of numbers beyond 2^53');
    return Math.trunc(number) % Math.trunc(divisor) === Math.trunc(remainder) + 0;
  };
}

/** $regex with $options. */
export function fits(pattern: unknown, options: unknown): Predicate {
  if (typeof pattern !== 'string' && !isRegex(pattern)) throw badValue('$regex has to be a string');
  if (options !== undefined && typeof options !== 'string') {
    throw badValue('$options has to be a string');
  }
  const regex = compileRegex(pattern, options);
  return (value) => typeof value === 'string' && regex.test(value);
}
