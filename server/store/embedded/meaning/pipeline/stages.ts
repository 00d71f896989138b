// The stages of an aggregation: each turns a stream of documents into another. What reads other collections
// ($lookup, $unionWith) asks the `Source` that the caller hands in.

import { checkTime, type Hold, holdUpTo, mostHeldBytes, sizeOf } from '../../bounds.ts';
import { copyOf, type Doc, fieldOf, isDoc, setField } from '../../bson/bson.ts';
import { Failure, unsupported } from '../../failure.ts';
import {
  compileExpression,
  expressionTest,
  fromPlain,
  isTruthy,
  toPlain,
  type Variables,
} from '../expression.ts';
import { compileFilter, type Matcher } from '../filter.ts';
import { sortKey } from '../paths.ts';
import { toNumber } from '../predicates.ts';
import { compileProjection, setComputed } from '../projection.ts';
import { parseSort, sortTooLarge } from '../sort.ts';
import { compileGroup } from './group.ts';
import { compileLookup } from './lookup.ts';

/** Reads another collection of the same database, by its indexes where they help. */
export type Source = (collection: string, filter: Doc) => Iterable<Doc>;

export type Stage = (docs: Iterable<Doc>) => Iterable<Doc>;

export interface StageContext {
  readonly source?: Source | undefined;
  readonly variables?: Variables | undefined;
}

type Compile = (argument: unknown, context: StageContext) => Stage;

const mapped = (change: (doc: Doc) => Doc): Stage =>
  function* map(docs) {
    for (const doc of docs) yield change(doc);
  };

function wholeNumber(argument: unknown, name: string, least: number): number {
  const number = toNumber(argument);
  if (number === undefined || !Number.isInteger(number) || number < least) {
    throw new Failure(
      15957,
      `invalid argument to ${name} stage: expected a whole number from ${least} on`,
    );
  }
  return number;
}

/** All of them at once, as far as they may be held. */
function heldBack(docs: Iterable<Doc>, hold: Hold): Doc[] {
  const all: Doc[] = [];
  for (const doc of docs) {
    hold(sizeOf(doc));
    all.push(doc);
  }
  return all;
}

const facetTooLarge = (): Failure =>
  new Failure(
    4031700,
    `document constructed by $facet exceeds the limit of ${mostHeldBytes} bytes`,
  );

/** A filter that may use the variables of a $lookup inside $expr. */
export function filterWith(filter: Doc, variables?: Variables): Matcher {
  if (!variables || !Object.hasOwn(filter, '$expr')) return compileFilter(filter);
  const { $expr: expression, ...rest } = filter;
  const test = expressionTest(expression, variables);
  const matches = compileFilter(rest);
  return (doc) => matches(doc) && test(doc);
}

const match: Compile = (argument, { variables }) => {
  if (!isDoc(argument))
    throw new Failure(15959, 'the match filter must be an expression in an object');
  const matches = filterWith(argument, variables);
  return function* filter(docs) {
    for (const doc of docs) if (matches(doc)) yield doc;
  };
};

const sort: Compile = (argument) => {
  const fields = parseSort(argument);
  if (fields.length === 0) throw new Failure(15976, '$sort stage must have at least one sort key');
  return function* order(docs) {
    const hold = holdUpTo(mostHeldBytes, sortTooLarge);
    const keyed = heldBack(docs, hold).map((doc) => ({ doc, key: sortKey(doc, fields) }));
    keyed.sort((a, b) => Buffer.compare(a.key, b.key));
    for (const { doc } of keyed) yield doc;
  };
};

const limit: Compile = (argument) => {
  const most = wholeNumber(argument, '$limit', 1);
  return function* first(docs) {
    let count = 0;
    for (const doc of docs) {
      yield doc;
      count += 1;
      if (count === most) return;
    }
  };
};

const skip: Compile = (argument) => {
  const number = wholeNumber(argument, '$skip', 0);
  return function* rest(docs) {
    let count = 0;
    for (const doc of docs) {
      count += 1;
      if (count > number) yield doc;
    }
  };
};

const count: Compile = (argument) => {
  if (typeof argument !== 'string' || argument === '' || /^\$|\./.test(argument)) {
    throw new Failure(40156, 'the count field must be a non-empty string without $ and .');
  }
  return function* number(docs) {
    let found = 0;
    for (const _ of docs) found += 1;
    if (found > 0) yield { [argument]: found };
  };
};

const project: Compile = (argument, { variables }) => {
  if (!isDoc(argument) || Object.keys(argument).length === 0) {
    throw new Failure(51272, '$project specification must have at least one field');
  }
  return mapped(compileProjection(argument, variables) ?? ((doc) => doc));
};

/** {a: {b: 1}} sets a.b; an expression stays whole. */
function computedFields(spec: Doc, prefix = ''): [string, unknown][] {
  return Object.entries(spec).flatMap(([name, value]): [string, unknown][] =>
    isDoc(value) && Object.keys(value).length > 0 && !Object.keys(value)[0]?.startsWith('$')
      ? computedFields(value, `${prefix}${name}.`)
      : [[`${prefix}${name}`, value]],
  );
}

const addFields: Compile = (argument, { variables }) => {
  if (!isDoc(argument))
    throw new Failure(40272, '$addFields specification stage must be an object');
  const fields = computedFields(argument).map(([path, value]) => ({
    parts: path.split('.'),
    evaluate: compileExpression(value, variables),
  }));
  return mapped((doc) => {
    const plain = toPlain(doc);
    const result = copyOf(doc);
    for (const { parts, evaluate } of fields)
      setComputed(result, parts, fromPlain(evaluate(plain)));
    return result;
  });
};

const unset: Compile = (argument) => {
  const paths = Array.isArray(argument) ? argument : [argument];
  if (paths.length === 0 || !paths.every((path) => typeof path === 'string')) {
    throw new Failure(31120, '$unset specification must be a string or an array of strings');
  }
  return mapped(
    compileProjection(Object.fromEntries(paths.map((path) => [path, false]))) ?? ((doc) => doc),
  );
};

const replaceWith: Compile = (argument, { variables }) => {
  const evaluate = compileExpression(argument, variables);
  return mapped((doc) => {
    const root = fromPlain(evaluate(toPlain(doc)));
    if (!isDoc(root)) {
      throw new Failure(40228, "'newRoot' expression must evaluate to an object");
    }
    return root;
  });
};

const replaceRoot: Compile = (argument, context) => {
  if (!isDoc(argument) || !Object.hasOwn(argument, 'newRoot')) {
    throw new Failure(40230, "$replaceRoot needs 'newRoot'");
  }
  return replaceWith(argument['newRoot'], context);
};

const unwind: Compile = (argument) => {
  const spec: Doc =
    typeof argument === 'string' ? { path: argument } : isDoc(argument) ? argument : {};
  const { path, includeArrayIndex: indexName, preserveNullAndEmptyArrays: preserve } = spec;
  if (typeof path !== 'string' || !path.startsWith('$')) {
    throw new Failure(28818, "path option to $unwind stage should be prefixed with a '$'");
  }
  const parts = path.slice(1).split('.');
  const withValue = (doc: Doc, value: unknown, place: number | null): Doc => {
    const next = copyOf(doc);
    setComputed(next, parts, value);
    if (typeof indexName === 'string') setComputed(next, indexName.split('.'), place);
    return next;
  };
  return function* open(docs) {
    for (const doc of docs) {
      const value = parts.reduce<unknown>(
        (at, part) => (isDoc(at) ? fieldOf(at, part) : undefined),
        doc,
      );
      if (Array.isArray(value) && value.length > 0) {
        for (const [place, item] of value.entries()) yield withValue(doc, item, place);
      } else if (!Array.isArray(value) && value !== null && value !== undefined) {
        yield typeof indexName === 'string' ? withValue(doc, value, null) : doc;
      } else if (isTruthy(preserve)) {
        yield Array.isArray(value) || indexName !== undefined
          ? withValue(doc, value === null ? null : undefined, null)
          : doc;
      }
    }
  };
};

const facet: Compile = (argument, context) => {
  if (!isDoc(argument) || Object.keys(argument).length === 0) {
    throw new Failure(40169, 'the $facet specification must be a non-empty object');
  }
  const branches = Object.entries(argument).map(([name, stages]) => {
    if (!Array.isArray(stages))
      throw new Failure(40170, `arguments to $facet must be arrays, ${name} is not`);
    return { name, run: compileStages(stages, context) };
  });
  return function* all(docs) {
    // What goes in and what comes out share the bound.
    const hold = holdUpTo(mostHeldBytes, facetTooLarge);
    const input = heldBack(docs, hold);
    const result: Doc = {};
    for (const { name, run } of branches) setField(result, name, heldBack(run(input), hold));
    yield result;
  };
};

const sortByCount: Compile = (argument, context) => {
  const grouped = compileGroup({ _id: argument, count: { $sum: 1 } }, context.variables);
  const ordered = sort({ count: -1 }, context);
  return (docs) => ordered(grouped(docs));
};

const stages: Readonly<Record<string, Compile>> = {
  $match: match,
  $sort: sort,
  $limit: limit,
  $skip: skip,
  $count: count,
  $project: project,
  $addFields: addFields,
  $set: addFields,
  $unset: unset,
  $replaceRoot: replaceRoot,
  $replaceWith: replaceWith,
  $unwind: unwind,
  $facet: facet,
  $sortByCount: sortByCount,
  $group: (argument, { variables }) => compileGroup(argument, variables),
  $lookup: (argument, context) => compileLookup(argument, context, compileStages),
};

/** As MongoDB's. */
const mostStages = 1000;

function* timed(docs: Iterable<Doc>): Generator<Doc> {
  for (const doc of docs) {
    checkTime();
    yield doc;
  }
}

/**
 * A pipeline as one function.
 * @throws Failure for stages that are unknown or that this store does not support.
 */
export function compileStages(pipeline: readonly unknown[], context: StageContext = {}): Stage {
  if (pipeline.length > mostStages) {
    throw new Failure(7749501, `Pipeline length must be no longer than ${mostStages} stages`);
  }
  const compiled = pipeline.map((stage) => {
    const entries = isDoc(stage) ? Object.entries(stage) : [];
    const [[name, argument] = ['', undefined]] = entries;
    if (entries.length !== 1) {
      throw new Failure(
        40323,
        'A pipeline stage specification object must contain exactly one field.',
      );
    }
    const compile = stages[name];
    if (!compile) {
      throw name.startsWith('$')
        ? unsupported(`the aggregation stage ${name}`)
        : new Failure(40324, `Unrecognized pipeline stage name: '${name}'`);
    }
    return compile(argument, context);
  });
  return (docs) => compiled.reduce<Iterable<Doc>>((stream, stage) => timed(stage(stream)), docs);
}
