// Updates: operators, a whole replacement, or a pipeline become a function from the old document to the new one.
import { Timestamp } from 'bson';
import { copyOf, type Doc, fieldOf, isDoc } from '../bson/bson.ts';
import { isEqual } from '../bson/compare.ts';
import { badValue, Failure } from '../failure.ts';
import { parseArrayFilters } from './array-filters.ts';
import type { MatchDetails } from './filter.ts';
import { compileStages } from './pipeline/stages.ts';
import { type Change, changeOf } from './update-operators.ts';
import { type ArrayFilters, removePath, resolvePath, valueAt, writePath } from './update-paths.ts';

export interface Update {
  /** The new document; the old one is left as it is. `inserting` says that an upsert makes it. */
  apply(doc: Doc, details: MatchDetails, inserting: boolean): Doc;
  /** Needs to know which element of an array matched. */
  readonly positional: boolean;
  readonly isReplacement: boolean;
}

interface Step {
  readonly operator: string;
  readonly path: string;
  readonly change: Change;
  /** For $rename: where the value goes. */
  readonly target?: string;
}

/** No two steps may write at the same place or one below the other. @throws Failure 40 */
function refuseConflicts(paths: readonly string[]): void {
  const sorted = [...paths].sort();
  for (const path of sorted) {
    const other = sorted.find(
      (next) =>
        next.startsWith(`${path}.`) ||
        (next === path && sorted.filter((p) => p === path).length > 1),
    );
    if (other) {
      throw new Failure(40, `Updating the path '${other}' would create a conflict at '${path}'`);
    }
  }
}

function renameStep(path: string, target: unknown): Step {
  if (typeof target !== 'string') throw badValue("The 'to' field for $rename must be a string");
  if (target.includes('$') || path.includes('$')) {
    throw badValue('The source and target of $rename may not contain positional operators');
  }
  return { operator: '$rename', path, target, change: (current) => current };
}

function stepsOf(update: Doc): Step[] {
  const now = new Date();
  const steps = Object.entries(update).flatMap(([operator, fields]): Step[] => {
    if (operator !== '$rename') changeOfKnown(operator);
    if (!isDoc(fields)) {
      throw new Failure(9, `Modifiers operate on fields but we found another type for ${operator}`);
    }
    return Object.entries(fields).map(([path, argument]) => {
      refusePath(path);
      return operator === '$rename'
        ? renameStep(path, argument)
        : { operator, path, change: changeOf(operator, argument, now) };
    });
  });
  refuseConflicts(steps.flatMap(({ path, target }) => (target ? [path, target] : [path])));
  // MongoDB adds new fields in the order of their names, numbers as numbers.
  return steps.sort((a, b) => comparePaths(a.path, b.path));
}

function comparePaths(a: string, b: string): number {
  const [x, y] = [a.split('.'), b.split('.')];
  for (let i = 0; i < Math.min(x.length, y.length); i += 1) {
    const [p, q] = [x[i] as string, y[i] as string];
    if (p === q) continue;
    const numbers = /^\d+$/.test(p) && /^\d+$/.test(q);
    return numbers ? Number(p) - Number(q) : p < q ? -1 : 1;
  }
  return x.length - y.length;
}

const knownOperators = new Set(
  '$set $setOnInsert $unset $inc $mul $min $max $currentDate $push $addToSet $pop $pull $pullAll $bit'.split(
    ' ',
  ),
);

function changeOfKnown(operator: string): void {
  if (!knownOperators.has(operator)) changeOf(operator, undefined, new Date(0));
}

function refusePath(path: string): void {
  const parts = path.split('.');
  if (parts.includes(''))
    throw new Failure(56, `The update path '${path}' contains an empty field name`);
  if (parts[0]?.startsWith('$')) {
    throw new Failure(
      52,
      `The dollar ($) prefixed field '${parts[0]}' in '${path}' is not allowed in the context of an update's replacement document.`,
    );
  }
}

function applyStep(doc: Doc, step: Step, details: MatchDetails, filters: ArrayFilters): void {
  for (const parts of resolvePath(doc, step.path, details, filters)) {
    const current = valueAt(doc, parts);
    const next = step.change(current);
    if (step.operator === '$unset') removePath(doc, parts);
    else if (step.target !== undefined) {
      if (current === undefined) continue;
      removePath(doc, parts);
      writePath(doc, step.target.split('.'), current);
    } else if (next !== undefined && next !== current) writePath(doc, parts, next);
  }
}

function refuseIdChange(before: Doc, after: Doc): void {
  const [old, id] = [fieldOf(before, '_id'), fieldOf(after, '_id')];
  if (old !== undefined && (id === undefined || !isEqual(old, id))) {
    throw new Failure(
      66,
      "Performing an update on the path '_id' would modify the immutable field '_id'",
    );
  }
}

function operatorUpdate(update: Doc, arrayFilters: unknown): Update {
  const steps = stepsOf(update);
  const filters = parseArrayFilters(arrayFilters);
  const used = steps.flatMap(({ path }) =>
    [...path.matchAll(/\$\[([^\]]+)\]/g)].map(([, name]) => name),
  );
  const unused = [...filters.keys()].find((name) => !used.includes(name));
  if (unused) {
    throw new Failure(
      9,
      `The array filter for identifier '${unused}' was not used in the update ${JSON.stringify(Object.keys(update))}`,
    );
  }
  return {
    positional: steps.some(({ path }) => path.split('.').includes('$')),
    isReplacement: false,
    apply: (doc, details, inserting) => {
      const next = copyOf(doc);
      for (const step of steps) {
        if (step.operator === '$setOnInsert' && !inserting) continue;
        applyStep(next, step, details, filters);
      }
      refuseIdChange(doc, next);
      return next;
    },
  };
}

/** An empty timestamp in a new document is filled in by the server. */
function withTimestamps(doc: Doc): Doc {
  const empty = Object.entries(doc).filter(
    ([, value]) => value instanceof Timestamp && value.isZero(),
  );
  if (empty.length === 0) return doc;
  const t = Math.floor(Date.now() / 1000);
  return {
    ...doc,
    ...Object.fromEntries(empty.map(([name], i) => [name, new Timestamp({ t, i: i + 1 })])),
  };
}

function replacement(update: Doc): Update {
  return {
    positional: false,
    isReplacement: true,
    apply: (doc) => {
      const { _id: given, ...rest } = withTimestamps(update);
      const id = fieldOf(doc, '_id') ?? given;
      const next = id === undefined ? rest : { _id: id, ...rest };
      if (given !== undefined) refuseIdChange(doc, { _id: given });
      return next;
    },
  };
}

const updateStages = new Set(
  '$set $addFields $unset $project $replaceRoot $replaceWith'.split(' '),
);

function pipelineUpdate(stages: readonly unknown[]): Update {
  for (const stage of stages) {
    const name = isDoc(stage) ? (Object.keys(stage)[0] ?? '') : '';
    if (!updateStages.has(name)) {
      throw new Failure(72, `${name} is not allowed to be used within an update`);
    }
  }
  const run = compileStages(stages);
  return {
    positional: false,
    isReplacement: false,
    apply: (doc) => {
      const [next] = run([doc]);
      const result: Doc = {
        ...(fieldOf(doc, '_id') === undefined ? {} : { _id: doc['_id'] }),
        ...next,
      };
      refuseIdChange(doc, result);
      return result;
    },
  };
}

/** @throws Failure for unknown operators, conflicting paths and mixtures. */
export function compileUpdate(update: unknown, arrayFilters: unknown): Update {
  if (Array.isArray(update)) {
    if (arrayFilters !== undefined)
      throw new Failure(9, 'arrayFilters may not be specified for pipeline-syle updates');
    return pipelineUpdate(update);
  }
  if (!isDoc(update)) throw new Failure(9, 'Update argument must be either an object or an array');
  const names = Object.keys(update);
  if (names[0]?.startsWith('$')) {
    const plain = names.find((name) => !name.startsWith('$'));
    if (plain)
      throw new Failure(
        9,
        `Unknown modifier: ${plain}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    return operatorUpdate(update, arrayFilters);
  }
  const operator = names.find((name) => name.startsWith('$'));
  if (operator) {
    throw new Failure(
      52,
      `The dollar ($) prefixed field '${operator}' in '${operator}' is not allowed in the context of an update's replacement document.`,
    );
  }
  return replacement(update);
}
