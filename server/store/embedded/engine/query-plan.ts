// Which stretch of which index holds every document that a filter can match. The filter itself is applied
// afterwards to each candidate, so a plan may offer too many documents, but never too few.
import { type Doc, isDoc } from '../bson/bson.ts';
import { isEqual, kindOf, kinds } from '../bson/compare.ts';
import { after, inverted, valueKey } from '../bson/key.ts';
import { compileFilter, isOperators } from '../meaning/filter.ts';
import type { SortField } from '../meaning/paths.ts';
import { isRegex } from '../meaning/regex.ts';
import type { Collection, Range } from './collection.ts';
import type { Index } from './index-entries.ts';

export type Plan =
  | { readonly stage: 'COLLSCAN' }
  | {
      readonly stage: 'IXSCAN';
      readonly index: Index;
      readonly ranges: readonly Range[];
      readonly backwards: boolean;
      /** True where the documents come in the order that was asked for. */
      readonly sorted: boolean;
    }
  | { readonly stage: 'OR'; readonly plans: readonly Plan[] };

/** What a filter demands of one path; all of them hold together. */
interface Demand {
  readonly path: string;
  readonly operator: string;
  readonly value: unknown;
}

const usable = new Set(['$eq', '$in', '$gt', '$gte', '$lt', '$lte', '$exists', '$type']);

function demandsOf(filter: Doc): Demand[] {
  return Object.entries(filter).flatMap(([path, wanted]): Demand[] => {
    if (path === '$and' && Array.isArray(wanted)) return wanted.filter(isDoc).flatMap(demandsOf);
    if (path.startsWith('$')) return [];
    if (!isOperators(wanted)) return [{ path, operator: '$eq', value: wanted }];
    return Object.entries(wanted)
      .filter(([operator]) => usable.has(operator))
      .map(([operator, value]) => ({ path, operator, value }));
  });
}

/** Arrays and regular expressions match in more ways than one key can say. */
const hasOneKey = (value: unknown): boolean => !Array.isArray(value) && !isRegex(value);

/** The values that a path must equal one of; undefined where nothing says so. */
function equalsOf(demands: readonly Demand[], path: string): unknown[] | undefined {
  const on = demands.filter((demand) => demand.path === path);
  const equal = on.find(({ operator, value }) => operator === '$eq' && hasOneKey(value));
  if (equal) return [equal.value];
  const among = on.find(
    ({ operator, value }) => operator === '$in' && Array.isArray(value) && value.every(hasOneKey),
  );
  return among?.value as unknown[] | undefined;
}

const oriented = (key: Buffer, direction: 1 | -1): Buffer =>
  direction === 1 ? key : inverted(key);

/** Null also stands for missing, and lies beside what an empty array leaves. */
function equalRange(prefix: Buffer, value: unknown, direction: 1 | -1): Range {
  const isNull = value === null || value === undefined;
  if (!isNull) {
    const low = Buffer.concat([prefix, oriented(valueKey(value), direction)]);
    return { low, high: after(low) };
  }
  const [from, to] = direction === 1 ? [kinds.missing, kinds.null] : [~kinds.null, ~kinds.missing];
  return {
    low: Buffer.concat([prefix, Buffer.from([from & 0xff])]),
    high: Buffer.concat([prefix, Buffer.from([(to & 0xff) + 1])]),
  };
}

const bounds = new Set(['$gt', '$gte', '$lt', '$lte']);

function isBound({ operator, value }: Demand): boolean {
  if (!bounds.has(operator) || !hasOneKey(value)) return false;
  const kind = kindOf(value);
  return (
    kind !== kinds.null && kind !== kinds.missing && kind !== kinds.minKey && kind !== kinds.maxKey
  );
}

/** One-sided or two-sided range behind a prefix. With arrays about, only one side may be used. */
function boundRange(
  prefix: Buffer,
  demands: readonly Demand[],
  field: SortField,
  multikey: boolean,
): Range | undefined {
  const all = demands.filter((demand) => demand.path === field.path && isBound(demand));
  const [first] = all;
  if (!first) return undefined;
  const kind = kindOf(first.value);
  const used = multikey ? [first] : all.filter(({ value }) => kindOf(value) === kind);
  const byte = (field.direction === 1 ? kind : ~kind) & 0xff;
  let low: Buffer = Buffer.concat([prefix, Buffer.from([byte])]);
  let high: Buffer = Buffer.concat([prefix, Buffer.from([byte + 1])]);
  for (const { operator, value } of used) {
    const key = Buffer.concat([prefix, oriented(valueKey(value), field.direction)]);
    const fromBelow = operator.startsWith('$gt') === (field.direction === 1);
    const edge = operator.endsWith('e') === fromBelow ? key : after(key);
    if (fromBelow && Buffer.compare(edge, low) > 0) low = edge;
    if (!fromBelow && Buffer.compare(edge, high) < 0) high = edge;
  }
  return { low, high };
}

/** Beyond so many values, reading everything is no slower. */
const mostRanges = 10_000;

interface Reach {
  readonly ranges: Range[];
  /** How many fields equality has settled. */
  readonly equal: number;
  readonly bounded: boolean;
}

/** Only the first field of an index with arrays can be trusted: values of different elements do not share an entry. */
function reachOf(index: Index, demands: readonly Demand[]): Reach {
  let prefixes: Range[] = [{ low: Buffer.alloc(0), high: Buffer.from([0xff, 0xff]) }];
  let equal = 0;
  for (const field of index.multikey ? index.fields.slice(0, 1) : index.fields) {
    const values = equalsOf(demands, field.path);
    if (values && values.length * prefixes.length <= mostRanges) {
      const next = prefixes.flatMap(({ low }) =>
        values.map((value) => equalRange(low, value, field.direction)),
      );
      prefixes = next;
      equal += 1;
      // A range over null is no prefix that further fields could stand behind.
      if (values.some((value) => value === null || value === undefined)) break;
      continue;
    }
    const bounded = prefixes.map(({ low }) => boundRange(low, demands, field, index.multikey));
    if (bounded.every((range) => range !== undefined)) {
      return { ranges: bounded as Range[], equal, bounded: true };
    }
    break;
  }
  return { ranges: prefixes, equal, bounded: false };
}

/** True where every match of the filter fulfils what a partial index demands. */
function implies(demands: readonly Demand[], expression: Doc): boolean {
  return demandsOf(expression).every((needed) =>
    demands.some((demand) => {
      if (demand.path !== needed.path) return false;
      if (demand.operator === needed.operator && isEqual(demand.value, needed.value)) return true;
      const values =
        demand.operator === '$eq' ? [demand.value] : demand.operator === '$in' ? demand.value : [];
      if (!Array.isArray(values) || values.length === 0 || !values.every(hasOneKey)) return false;
      const test = compileFilter({ v: { [needed.operator]: needed.value } });
      return values.every((value) => value !== null && value !== undefined && test({ v: value }));
    }),
  );
}

/** A sparse index knows nothing of documents without the field, so the filter must demand it. */
function isComplete(index: Index, demands: readonly Demand[]): boolean {
  const { sparse, partialFilterExpression } = index.spec;
  if (partialFilterExpression && !implies(demands, partialFilterExpression)) return false;
  if (!sparse) return true;
  return index.fields.some(({ path }) => {
    const values = equalsOf(demands, path);
    if (values) return values.every((value) => value !== null && value !== undefined);
    return demands.some((demand) => demand.path === path && isBound(demand));
  });
}

/** 1 or -1 where the index gives the wanted order forwards or backwards, 0 where it does not. */
function sortWay(index: Index, settled: number, sort: readonly SortField[]): 1 | -1 | 0 {
  if (sort.length === 0 || index.multikey) return 0;
  const settledPaths = new Set(index.fields.slice(0, settled).map(({ path }) => path));
  const wanted = sort.filter(({ path }) => !settledPaths.has(path));
  if (wanted.length === 0) return 1;
  const offered = index.fields.slice(settled, settled + wanted.length);
  if (offered.length < wanted.length) return 0;
  const ways = wanted.map((field, i) =>
    offered[i]?.path === field.path ? (offered[i].direction === field.direction ? 1 : -1) : 0,
  );
  const [first] = ways;
  return ways.every((way) => way === first) ? (first as 1 | -1 | 0) : 0;
}

function planOn(
  index: Index,
  demands: readonly Demand[],
  sort: readonly SortField[],
): Plan & { stage: 'IXSCAN' } {
  const reach = reachOf(index, demands);
  // Several stretches are each in order, but not together.
  const way = reach.ranges.length === 1 ? sortWay(index, reach.equal, sort) : 0;
  return {
    stage: 'IXSCAN',
    index,
    ranges: reach.ranges,
    backwards: way === -1,
    sorted: way !== 0,
  };
}

function scoreOf(
  index: Index,
  plan: Plan & { stage: 'IXSCAN' },
  demands: readonly Demand[],
): number {
  const { equal, bounded } = reachOf(index, demands);
  const whole = index.unique && equal === index.fields.length;
  if (equal === 0 && !bounded) return plan.sorted ? 0.25 : 0;
  return (
    (whole ? 100 : 0) +
    equal * 4 +
    (bounded ? 2 : 0) +
    (plan.sorted ? 1 : 0) -
    plan.ranges.length / 40_000
  );
}

function orPlan(collection: Collection, filter: Doc): Plan | undefined {
  const branches = filter['$or'];
  if (!Array.isArray(branches)) return undefined;
  const plans = branches.map((branch) => makePlan(collection, branch as Doc, []));
  return plans.every((plan) => plan.stage !== 'COLLSCAN') ? { stage: 'OR', plans } : undefined;
}

/** The best plan for a filter and a wished order; a scan of all where no index helps. */
export function makePlan(
  collection: Collection,
  filter: Doc,
  sort: readonly SortField[],
  hint?: Index,
): Plan {
  const demands = demandsOf(filter);
  if (hint) return planOn(hint, demands, sort);
  let best: Plan = { stage: 'COLLSCAN' };
  let bestScore = 0;
  for (const index of collection.indexes) {
    if (!isComplete(index, demands)) continue;
    const plan = planOn(index, demands, sort);
    const score = scoreOf(index, plan, demands);
    if (score > bestScore) {
      best = plan;
      bestScore = score;
    }
  }
  if (bestScore >= 1) return best;
  return orPlan(collection, filter) ?? best;
}
