// Aggregation expressions. mingo evaluates them; this file lets in only the operators that mean the same in
// mingo and in MongoDB, puts our own in place of those that differ, and looks paths up itself.
import { BSONRegExp, type Double, type Int32, Long } from 'bson';
import { Context, evalExpr } from 'mingo/core';
import * as array from 'mingo/operators/expression/array';
import * as boolean from 'mingo/operators/expression/boolean';
import * as conditional from 'mingo/operators/expression/conditional';
import * as date from 'mingo/operators/expression/date';
import * as object from 'mingo/operators/expression/object';
import * as string from 'mingo/operators/expression/string';
import * as variable from 'mingo/operators/expression/variable';
import { checkTime, mostHeldBytes } from '../bounds.ts';
import { type Doc, fieldOf, isDoc, setField } from '../bson/bson.ts';
import { Failure, unsupported } from '../failure.ts';
import { type Evaluate, ownOperators } from './expression-operators.ts';

type Operators = Record<string, unknown>;

/** From each of mingo's families those that were found to agree with MongoDB. */
function pick(family: Operators, names: string): Operators {
  return Object.fromEntries(names.split(' ').map((name) => [`$${name}`, family[`$${name}`]]));
}

const agreeing: Operators = {
  ...pick(array, 'filter map reduce size reverseArray isArray concatArrays range'),
  ...pick(boolean, 'and or not'),
  ...pick(conditional, 'cond ifNull switch'),
  ...pick(date, 'year month dayOfMonth hour minute second millisecond dayOfWeek dayOfYear'),
  ...pick(object, 'objectToArray'),
  ...pick(string, 'concat strLenCP substrCP trim ltrim rtrim'),
  ...pick(variable, 'let'),
};

/** A path below a value: through an array it gives the list of what its documents have, missing ones left out. */
function lookUp(value: unknown, parts: readonly string[], at: number): unknown {
  if (at === parts.length) return value;
  if (Array.isArray(value)) {
    return value
      .filter((item) => isDoc(item) || Array.isArray(item))
      .map((item) => lookUp(item, parts, at))
      .filter((item) => item !== undefined);
  }
  return isDoc(value) ? lookUp(fieldOf(value, parts[at] as string), parts, at + 1) : undefined;
}

/** How long a list will be that is made of these arguments. */
const lengths: Readonly<Record<string, (given: readonly unknown[]) => number>> = {
  $range: ([start, end, step]) => Math.abs((Number(end) - Number(start)) / Number(step ?? 1)),
  $concatArrays: (lists) =>
    lists.reduce<number>((sum, list) => sum + (Array.isArray(list) ? list.length : 0), 0),
};
/** What a value takes in a list, as MongoDB counts it. */
const slotBytes = 16;

/** Refuses a list that is longer than a command may hold, before it is made. */
function refuseLong(name: string, given: unknown): void {
  const bytes = (Array.isArray(given) ? (lengths[name]?.(given) ?? 0) : 0) * slotBytes;
  if (!(bytes > mostHeldBytes)) return;
  throw new Failure(
    146,
    `${name} would use too much memory (${bytes} bytes) and cannot spill to disk. Memory limit: ${mostHeldBytes} bytes`,
  );
}

const bounded = (name: string): unknown => {
  const make = agreeing[name] as (doc: unknown, argument: unknown, options: never) => unknown;
  return (doc: unknown, argument: unknown, options: never) => {
    refuseLong(name, evalExpr(doc as never, argument as never, options));
    return make(doc, argument, options);
  };
};

const constant = '$_constant';
const path = '$_path';

const operators: Operators = {
  ...agreeing,
  ...Object.fromEntries(Object.keys(lengths).map((name) => [name, bounded(name)])),
  ...Object.fromEntries(
    Object.entries(ownOperators).map(([name, operator]) => [
      name,
      (doc: unknown, argument: unknown, options: never) => {
        checkTime();
        return operator(
          (expression) => evalExpr(doc as never, expression as never, options),
          argument,
        );
      },
    ]),
  ),
  [constant]: (_doc: unknown, value: unknown) => (value as unknown[])[0],
  [path]: (doc: unknown, [base, parts]: [string, string[]], options: never) => {
    checkTime();
    return lookUp(evalExpr(doc as never, base, options), parts, 0);
  },
};

const options = {
  idKey: '_id',
  scriptEnabled: false,
  failOnError: true,
  useStrictMode: true,
  processingMode: 0,
  context: Context.init({ expression: operators as never }),
} as const;

const variables = new Set(['$$ROOT', '$$CURRENT', '$$NOW', '$$REMOVE']);

/** "$a.b" and "$$name.b" as a look-up of our own; mingo reads numbers in a path as places in an array. */
function compilePath(text: string): unknown {
  const [base = '', ...parts] = text.startsWith('$$')
    ? text.split('.')
    : ['$$ROOT', ...text.slice(1).split('.')];
  if (/^\$\$[A-Z]/.test(base) && !variables.has(base)) throw unsupported(`the variable ${base}`);
  if (parts.some((part) => part === '')) {
    throw new Failure(40353, 'FieldPath field names may not be empty strings.');
  }
  const from = base === '$$CURRENT' ? '$$ROOT' : base;
  return parts.length === 0 ? from : { [path]: [from, parts] };
}

/** Where an operator's argument holds names and not expressions. */
function compileArgument(name: string, argument: unknown): unknown {
  if (!isDoc(argument)) return compile(argument);
  const result: Doc = {};
  for (const [key, value] of Object.entries(argument)) {
    const isNested = name === '$let' && key === 'vars' && isDoc(value);
    setField(
      result,
      key,
      isNested
        ? Object.fromEntries(Object.entries(value).map(([n, v]) => [n, compile(v)]))
        : compile(value),
    );
  }
  return result;
}

/** Operators whose argument is a document of named parts. */
const namedArguments = new Set(
  '$let $map $filter $reduce $cond $switch $trim $ltrim $rtrim $dateToString $regexMatch'.split(
    ' ',
  ),
);

function compile(expression: unknown): unknown {
  if (typeof expression === 'string') {
    return expression.startsWith('$') && expression.length > 1
      ? compilePath(expression)
      : expression;
  }
  if (Array.isArray(expression)) return expression.map(compile);
  if (!isDoc(expression)) return { [constant]: [toPlain(expression)] };
  const names = Object.keys(expression);
  const [name] = names;
  if (!name?.startsWith('$')) {
    return Object.fromEntries(names.map((key) => [key, compile(expression[key])]));
  }
  if (names.length > 1) {
    throw new Failure(
      15983,
      'an expression specification must contain exactly one field, the name of the expression',
    );
  }
  const argument = expression[name];
  if (name === '$literal') return { [constant]: [toPlain(argument)] };
  if (!Object.hasOwn(operators, name)) throw unsupported(`the expression ${name}`);
  return {
    [name]: namedArguments.has(name) ? compileArgument(name, argument) : compile(argument),
  };
}

/** Values for mingo: int and double as JavaScript numbers, and long where it is exact. */
export function toPlain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(toPlain);
  if (isDoc(value)) {
    const result: Doc = {};
    for (const name of Object.keys(value)) setField(result, name, toPlain(value[name]));
    return result;
  }
  const kind = (value as { _bsontype?: string })._bsontype;
  if (kind === 'Int32' || kind === 'Double') return (value as Int32 | Double).value;
  if (kind === 'Long') {
    const plain = (value as Long).toNumber();
    return Number.isSafeInteger(plain) ? plain : value;
  }
  return value;
}

/** JavaScript numbers back to BSON: whole numbers beyond 32 bits as long, as MongoDB counts. */
export function fromPlain(value: unknown): unknown {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value) && Math.abs(value) >= 2 ** 31) return Long.fromNumber(value);
    return value;
  }
  if (Array.isArray(value))
    return value.map((item) => (item === undefined ? null : fromPlain(item)));
  if (value instanceof RegExp) return new BSONRegExp(value.source, value.flags);
  if (!isDoc(value)) return value;
  const result: Doc = {};
  for (const name of Object.keys(value)) {
    if (value[name] !== undefined) setField(result, name, fromPlain(value[name]));
  }
  return result;
}

/** Variables of a $lookup's `let`, for the expressions of its pipeline. */
export type Variables = Readonly<Record<string, unknown>>;

export type Expression = (plainDoc: unknown) => unknown;

/**
 * An expression as a function of a plain document (see toPlain); undefined means missing.
 * @throws Failure for operators that this store does not support.
 */
export function compileExpression(expression: unknown, given: Variables = {}): Expression {
  const compiled = compile(expression);
  const settings = { ...options, variables: given };
  return (doc) => {
    try {
      return evalExpr(doc as never, compiled as never, settings as never);
    } catch (error) {
      if (error instanceof Failure) throw error;
      throw new Failure(17276, (error as Error).message);
    }
  };
}

/** What MongoDB counts as true: everything but false, null, missing and 0. */
export const isTruthy = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== false && value !== 0;

/** A filter's $expr. */
export function expressionTest(expression: unknown, given?: Variables): (doc: Doc) => boolean {
  const evaluate = compileExpression(expression, given);
  return (doc) => isTruthy(evaluate(toPlain(doc)));
}

export type { Evaluate };
