// Which fields of a document an answer holds: inclusion, exclusion, $slice, $elemMatch and computed fields.
import { copyOf, type Doc, fieldOf, isDoc, setField } from '../bson/bson.ts';
import { badValue, Failure, unsupported } from '../failure.ts';
import { compileExpression, fromPlain, toPlain, type Variables } from './expression.ts';
import { compileFilter, valueTest } from './filter.ts';
import { toNumber } from './predicates.ts';

export type Projection = (doc: Doc) => Doc;

/** A tree of the paths that were named. */
interface Tree {
  readonly [name: string]: Tree | true;
}

function treeOf(paths: readonly string[]): Tree {
  const root: Record<string, unknown> = Object.create(null);
  for (const path of paths) {
    const parts = path.split('.');
    let node = root;
    parts.forEach((part, i) => {
      const last = i === parts.length - 1;
      if (part === '') throw new Failure(40353, 'FieldPath field names may not be empty strings.');
      if (node[part] === true || (last && node[part] !== undefined)) {
        throw new Failure(31249, `Path collision at ${path}`);
      }
      node[part] ??= last ? true : Object.create(null);
      node = node[part] as Record<string, unknown>;
    });
  }
  return root as Tree;
}

function include(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) {
    return value
      .filter((item) => isDoc(item) || Array.isArray(item))
      .map((item) => include(item, tree));
  }
  if (!isDoc(value)) return undefined;
  const result: Doc = {};
  for (const [name, field] of Object.entries(value)) {
    const branch = tree[name];
    if (branch === undefined) continue;
    const kept = branch === true ? field : include(field, branch);
    if (kept !== undefined) setField(result, name, kept);
  }
  return result;
}

function exclude(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map((item) => exclude(item, tree));
  if (!isDoc(value)) return value;
  const result: Doc = {};
  for (const [name, field] of Object.entries(value)) {
    const branch = tree[name];
    if (branch === true) continue;
    setField(result, name, branch === undefined ? field : exclude(field, branch));
  }
  return result;
}

/** Sets a computed value at a path, in every document of an array on the way. */
export function setComputed(target: Doc, parts: readonly string[], value: unknown): void {
  const [part = '', ...rest] = parts;
  if (rest.length === 0) {
    if (value === undefined) delete target[part];
    else setField(target, part, value);
    return;
  }
  const next = fieldOf(target, part);
  const items = Array.isArray(next) ? next : [next];
  const set = items.map((item) => {
    const doc = isDoc(item) ? item : {};
    setComputed(doc, rest, value);
    return doc;
  });
  setField(target, part, Array.isArray(next) ? set : set[0]);
}

type Change = (source: Doc, target: Doc) => void;

function sliceOf(path: string, argument: unknown): Change {
  const [first, second] = (Array.isArray(argument) ? argument : [argument]).map(toNumber);
  if (first === undefined || (Array.isArray(argument) && second === undefined)) {
    throw badValue('$slice needs a number or two');
  }
  const cut = (list: unknown[]): unknown[] => {
    if (second === undefined) return first < 0 ? list.slice(first) : list.slice(0, first);
    const start = first < 0 ? Math.max(0, list.length + first) : first;
    return list.slice(start, start + second);
  };
  return (source, target) => {
    const list = fieldOf(source, path);
    if (Array.isArray(list)) setField(target, path, cut(list));
  };
}

function firstElement(path: string, criteria: unknown): Change {
  if (!isDoc(criteria)) throw badValue('elemMatch: Invalid argument, object required');
  const ofValues = Object.keys(criteria)[0]?.startsWith('$') === true;
  const test = ofValues ? valueTest(criteria) : undefined;
  const matcher = ofValues ? undefined : compileFilter(criteria);
  return (source, target) => {
    const list = fieldOf(source, path);
    if (!Array.isArray(list)) return;
    const found = list.find((item) => (test ? test(item) : isDoc(item) && matcher?.(item)));
    if (found === undefined) delete target[path];
    else setField(target, path, [found]);
  };
}

function computed(path: string, expression: unknown, given?: Variables): Change {
  const evaluate = compileExpression(expression, given);
  return (source, target) => {
    setComputed(target, path.split('.'), fromPlain(evaluate(toPlain(source))));
  };
}

/** {a: {b: 1}} means {"a.b": 1}; an operator or an expression stays whole. */
function flattened(spec: Doc, prefix = ''): [string, unknown][] {
  return Object.entries(spec).flatMap(([name, value]): [string, unknown][] => {
    const path = `${prefix}${name}`;
    if (isDoc(value) && Object.keys(value).length > 0 && !Object.keys(value)[0]?.startsWith('$')) {
      return flattened(value, `${path}.`);
    }
    return [[path, value]];
  });
}

interface Parts {
  readonly included: string[];
  readonly excluded: string[];
  readonly changes: Change[];
  readonly computedPaths: string[];
  readonly sliced: string[];
}

function sortOut(spec: Doc, given?: Variables): Parts {
  const parts: Parts = { included: [], excluded: [], changes: [], computedPaths: [], sliced: [] };
  for (const [path, value] of flattened(spec)) {
    if (path.endsWith('.$')) throw unsupported('the positional $ in a projection');
    if (path.startsWith('$'))
      throw new Failure(16410, `FieldPath field names may not start with '$'.`);
    const number = typeof value === 'boolean' ? Number(value) : toNumber(value);
    const operator = isDoc(value) ? Object.keys(value)[0] : undefined;
    if (number !== undefined) (number === 0 ? parts.excluded : parts.included).push(path);
    else if (operator === '$meta') throw unsupported('$meta in a projection');
    else if (
      (operator === '$slice' && !isExpressionSlice(value as Doc)) ||
      operator === '$elemMatch'
    ) {
      if (path.includes('.')) throw unsupported(`${operator} on a nested field in a projection`);
      const argument = (value as Doc)[operator];
      if (operator === '$slice') parts.sliced.push(path);
      else parts.included.push(path);
      parts.changes.push(
        operator === '$slice' ? sliceOf(path, argument) : firstElement(path, argument),
      );
    } else {
      parts.computedPaths.push(path);
      parts.changes.push(computed(path, value, given));
    }
  }
  return parts;
}

const isExpressionSlice = (value: Doc): boolean => {
  const argument = value['$slice'];
  return Array.isArray(argument) && typeof argument[0] === 'string';
};

/**
 * A projection as a function; undefined where everything is wanted.
 * @throws Failure 31254 where inclusion and exclusion are mixed.
 */
export function compileProjection(spec: unknown, given?: Variables): Projection | undefined {
  if (spec === undefined || spec === null) return undefined;
  if (!isDoc(spec)) throw new Failure(14, 'Expected field projection to be of type object');
  if (Object.keys(spec).length === 0) return undefined;
  const { included, excluded, changes, computedPaths, sliced } = sortOut(spec, given);
  const otherExcluded = excluded.filter((path) => path !== '_id');
  const otherIncluded = included.filter((path) => path !== '_id');
  const inclusive =
    otherIncluded.length > 0 ||
    computedPaths.length > 0 ||
    (included.length > 0 && otherExcluded.length === 0);
  if (inclusive && otherExcluded.length > 0) {
    throw new Failure(
      31254,
      `Cannot do exclusion on field ${otherExcluded[0]} in inclusion projection`,
    );
  }
  const withId = !excluded.includes('_id') && !included.some((path) => path.startsWith('_id'));
  const paths = inclusive ? [...included, ...sliced, ...(withId ? ['_id'] : [])] : excluded;
  // A computed path may not be named twice either.
  treeOf([...paths, ...computedPaths.filter((path) => !paths.includes(path))]);
  const tree = treeOf(paths);
  return (doc) => {
    const target = copyOf(inclusive ? include(doc, tree) : exclude(doc, tree)) as Doc;
    for (const change of changes) change(doc, target);
    return target;
  };
}
