// The $group stage and its accumulators. Groups are told apart by MongoDB's equality of values.

import { type Hold, holdUpTo, mostHeldBytes, valueSize } from '../../bounds.ts';
import { type Doc, isDoc, setField } from '../../bson/bson.ts';
import { compareValues } from '../../bson/compare.ts';
import { valueKey } from '../../bson/key.ts';
import { Failure, unsupported } from '../../failure.ts';
import { compileExpression, fromPlain, toPlain, type Variables } from '../expression.ts';

interface Accumulator {
  add(value: unknown): void;
  result(): unknown;
}

const isNil = (value: unknown): boolean => value === null || value === undefined;

/** Only what JavaScript adds exactly; anything that is no number counts for nothing. */
function addable(value: unknown, name: string): number | undefined {
  if (typeof value === 'number') return value;
  const kind = (value as { _bsontype?: string } | null | undefined)?._bsontype;
  if (kind === 'Long' || kind === 'Decimal128') {
    throw unsupported(`${name} over decimals and over whole numbers beyond 2^53`);
  }
  return undefined;
}

function sum(): Accumulator {
  let total = 0;
  let whole = true;
  return {
    add: (value) => {
      const number = addable(value, '$sum') ?? 0;
      total += number;
      whole &&= Number.isInteger(number);
      if (whole && !Number.isSafeInteger(total)) throw unsupported('sums beyond 2^53');
    },
    result: () => total,
  };
}

function average(): Accumulator {
  let total = 0;
  let count = 0;
  return {
    add: (value) => {
      const number = addable(value, '$avg');
      if (number === undefined) return;
      total += number;
      count += 1;
    },
    result: () => (count === 0 ? null : total / count),
  };
}

/** Holds one value, and gives back what the one before it took. */
function holder(hold: Hold): { set(value: unknown): void; get(): unknown } {
  let held: unknown;
  let bytes = 0;
  return {
    set: (value) => {
      const taken = valueSize(value);
      hold(taken - bytes);
      held = value;
      bytes = taken;
    },
    get: () => held,
  };
}

/** Null and missing never count, as in MongoDB. */
const extreme =
  (way: 1 | -1) =>
  (hold: Hold): Accumulator => {
    const best = holder(hold);
    return {
      add: (value) => {
        if (isNil(value)) return;
        const known = best.get();
        if (known === undefined || compareValues(value, known) * way > 0) best.set(value);
      },
      result: () => best.get() ?? null,
    };
  };

function first(hold: Hold): Accumulator {
  const value = holder(hold);
  let seen = false;
  return {
    add: (next) => {
      if (!seen) value.set(next);
      seen = true;
    },
    result: () => value.get() ?? null,
  };
}

function last(hold: Hold): Accumulator {
  const value = holder(hold);
  return { add: value.set, result: () => value.get() ?? null };
}

function push(hold: Hold): Accumulator {
  const list: unknown[] = [];
  return {
    add: (value) => {
      if (value === undefined) return;
      hold(valueSize(value));
      list.push(value);
    },
    result: () => list,
  };
}

function addToSet(hold: Hold): Accumulator {
  const set = new Map<string, unknown>();
  return {
    add: (value) => {
      if (value === undefined) return;
      const key = valueKey(value).toString('latin1');
      if (set.has(key)) return;
      hold(key.length + valueSize(value));
      set.set(key, value);
    },
    result: () => [...set.values()],
  };
}

function mergeObjects(hold: Hold): Accumulator {
  const merged: Doc = {};
  return {
    add: (value) => {
      if (isNil(value)) return;
      if (!isDoc(value)) throw new Failure(40400, '$mergeObjects requires object inputs');
      for (const [name, field] of Object.entries(value)) {
        const before = Object.hasOwn(merged, name) ? valueSize(merged[name]) : -name.length;
        hold(valueSize(field) - before);
        setField(merged, name, field);
      }
    },
    result: () => merged,
  };
}

const accumulators: Readonly<Record<string, (hold: Hold) => Accumulator>> = {
  $sum: sum,
  $avg: average,
  $min: extreme(-1),
  $max: extreme(1),
  $first: first,
  $last: last,
  $push: push,
  $addToSet: addToSet,
  $mergeObjects: mergeObjects,
};

function fieldOf(name: string, spec: unknown, given?: Variables) {
  const operators = isDoc(spec) ? Object.entries(spec) : [];
  const [[operator, argument] = ['', undefined]] = operators;
  if (operators.length !== 1 || !operator.startsWith('$')) {
    throw new Failure(40234, `The field '${name}' must be an accumulator object`);
  }
  if (name.includes('.')) throw new Failure(40235, `The field name '${name}' cannot contain '.'`);
  if (operator === '$count') return { name, make: sum, evaluate: () => 1 };
  const make = accumulators[operator];
  if (!make) throw unsupported(`the accumulator ${operator}`);
  return { name, make, evaluate: compileExpression(argument, given) };
}

/** What a group takes beside its values. */
const groupBytes = 64;

const tooLarge = (): Failure =>
  new Failure(
    292,
    `Exceeded memory limit for $group of ${mostHeldBytes} bytes; the embedded store does not support grouping on disk.`,
  );

/** @throws Failure where _id is missing, or an accumulator is unknown. */
export function compileGroup(
  spec: unknown,
  given?: Variables,
): (docs: Iterable<Doc>) => Iterable<Doc> {
  if (!isDoc(spec)) throw new Failure(15947, "a group's fields must be specified in an object");
  if (!Object.hasOwn(spec, '_id'))
    throw new Failure(15955, 'a group specification must include an _id');
  const key = compileExpression(spec['_id'], given);
  const fields = Object.entries(spec)
    .filter(([name]) => name !== '_id')
    .map(([name, value]) => fieldOf(name, value, given));

  return function* group(docs) {
    const hold = holdUpTo(mostHeldBytes, tooLarge);
    const groups = new Map<string, { id: unknown; states: Accumulator[] }>();
    for (const doc of docs) {
      const plain = toPlain(doc);
      // Missing and null are one group.
      const id = fromPlain(key(plain)) ?? null;
      const bytes = valueKey(id).toString('latin1');
      let found = groups.get(bytes);
      if (!found) {
        hold(bytes.length + valueSize(id) + groupBytes * (1 + fields.length));
        found = { id, states: fields.map(({ make }) => make(hold)) };
        groups.set(bytes, found);
      }
      for (const [i, { evaluate }] of fields.entries()) found.states[i]?.add(evaluate(plain));
    }
    for (const { id, states } of groups.values()) {
      const result: Doc = { _id: id };
      for (const [i, { name }] of fields.entries()) {
        setField(result, name, fromPlain(states[i]?.result()));
      }
      yield result;
    }
  };
}
