// The order of all values, MongoDB's own: first by kind (null, numbers, strings, objects, arrays ...), then by value.
// Numbers of different types compare by what they are worth, exactly. Matching and sorting stand on this.
import type {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  ObjectId,
  Timestamp,
} from 'bson';
import { unsupported } from '../failure.ts';
import { binaryBytes, type Doc, isDoc } from './bson.ts';
import { numberKey } from './number-key.ts';

/** The kinds in their order; values of different kinds are never equal and never in one range. */
export const kinds = {
  minKey: 1,
  missing: 5,
  null: 10,
  number: 15,
  string: 20,
  object: 25,
  array: 30,
  binary: 35,
  objectId: 40,
  boolean: 45,
  date: 50,
  timestamp: 55,
  regex: 60,
  code: 70,
  maxKey: 127,
} as const;

export type Kind = (typeof kinds)[keyof typeof kinds];

const classKinds: Readonly<Record<string, Kind>> = {
  Int32: kinds.number,
  Double: kinds.number,
  Long: kinds.number,
  Decimal128: kinds.number,
  ObjectId: kinds.objectId,
  Binary: kinds.binary,
  UUID: kinds.binary,
  Timestamp: kinds.timestamp,
  BSONRegExp: kinds.regex,
  BSONSymbol: kinds.string,
  Code: kinds.code,
  MinKey: kinds.minKey,
  MaxKey: kinds.maxKey,
};

/** @throws Failure for types that this store does not keep (DBRef, functions). */
export function kindOf(value: unknown): Kind {
  switch (typeof value) {
    case 'string':
      return kinds.string;
    case 'number':
    case 'bigint':
      return kinds.number;
    case 'boolean':
      return kinds.boolean;
    case 'undefined':
      return kinds.missing;
    default:
  }
  if (value === null) return kinds.null;
  if (Array.isArray(value)) return kinds.array;
  if (isDoc(value)) return kinds.object;
  if (value instanceof Date) return kinds.date;
  if (value instanceof RegExp) return kinds.regex;
  if (value instanceof Uint8Array) return kinds.binary;
  const kind = classKinds[(value as { _bsontype?: string })._bsontype ?? ''];
  if (kind === undefined) {
    throw unsupported(
      `values of the type ${(value as { _bsontype?: string })._bsontype ?? typeof value}`,
    );
  }
  return kind;
}

export type NumberValue = number | bigint | Int32 | Double | Long | Decimal128;

/** A number as a JavaScript number where that is exact; undefined for Long and Decimal128. */
export function plainNumber(value: NumberValue): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return undefined;
  if (value._bsontype === 'Int32' || value._bsontype === 'Double') return value.value;
  return undefined;
}

const order = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

function compareNumbers(a: NumberValue, b: NumberValue): number {
  const x = plainNumber(a);
  const y = plainNumber(b);
  if (x === undefined || y === undefined) return Buffer.compare(numberKey(a), numberKey(b));
  // NaN equals itself and is less than every other number.
  if (Number.isNaN(x)) return Number.isNaN(y) ? 0 : -1;
  if (Number.isNaN(y)) return 1;
  return order(x, y);
}

/** Strings by their UTF-8 bytes: JavaScript's own order differs beyond the basic plane. */
function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function compareBinaries(a: Binary | Uint8Array, b: Binary | Uint8Array): number {
  const [x, y] = [a, b].map((value) =>
    value instanceof Uint8Array
      ? { bytes: value, subtype: 0 }
      : { bytes: binaryBytes(value), subtype: value.sub_type },
  ) as [{ bytes: Uint8Array; subtype: number }, { bytes: Uint8Array; subtype: number }];
  return (
    order(x.bytes.length, y.bytes.length) ||
    order(x.subtype, y.subtype) ||
    Buffer.compare(x.bytes, y.bytes)
  );
}

function compareArrays(a: readonly unknown[], b: readonly unknown[]): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i += 1) {
    const result = compareValues(a[i], b[i]);
    if (result !== 0) return result;
  }
  return order(a.length, b.length);
}

/** Field by field in their order: kind, then name, then value. The order of the fields counts. */
function compareDocs(a: Doc, b: Doc): number {
  const x = Object.entries(a);
  const y = Object.entries(b);
  const shared = Math.min(x.length, y.length);
  for (let i = 0; i < shared; i += 1) {
    const [nameA, valueA] = x[i] as [string, unknown];
    const [nameB, valueB] = y[i] as [string, unknown];
    const result =
      order(kindOf(valueA), kindOf(valueB)) ||
      compareStrings(nameA, nameB) ||
      compareValues(valueA, valueB);
    if (result !== 0) return result;
  }
  return order(x.length, y.length);
}

/** The pattern and the options of a regular expression of either class. */
export const regexParts = (value: RegExp | BSONRegExp): { pattern: string; options: string } =>
  value instanceof RegExp
    ? { pattern: value.source, options: value.flags.replace('g', '') }
    : { pattern: value.pattern, options: value.options };

function compareSameKind(kind: Kind, a: unknown, b: unknown): number {
  switch (kind) {
    case kinds.number:
      return compareNumbers(a as NumberValue, b as NumberValue);
    case kinds.string:
      return compareStrings(textOf(a), textOf(b));
    case kinds.object:
      return compareDocs(a as Doc, b as Doc);
    case kinds.array:
      return compareArrays(a as unknown[], b as unknown[]);
    case kinds.binary:
      return compareBinaries(a as Binary, b as Binary);
    case kinds.objectId:
      return Buffer.compare((a as ObjectId).id, (b as ObjectId).id);
    case kinds.boolean:
      return order(Number(a), Number(b));
    case kinds.date:
      return order((a as Date).getTime(), (b as Date).getTime());
    case kinds.timestamp:
      return (a as Timestamp).toUnsigned().compare((b as Timestamp).toUnsigned());
    case kinds.regex: {
      const [x, y] = [regexParts(a as RegExp), regexParts(b as RegExp)];
      return compareStrings(x.pattern, y.pattern) || compareStrings(x.options, y.options);
    }
    case kinds.code:
      return compareStrings(String((a as Code).code), String((b as Code).code));
    default:
      return 0;
  }
}

/** The text of a string or of BSON's old symbol. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (value as BSONSymbol).value;

/** Below 0, 0 or above 0. A missing value (undefined) is less than null. */
export function compareValues(a: unknown, b: unknown): number {
  if (a === b) return 0;
  const kind = kindOf(a);
  return order(kind, kindOf(b)) || compareSameKind(kind, a, b);
}

export const isEqual = (a: unknown, b: unknown): boolean => compareValues(a, b) === 0;
