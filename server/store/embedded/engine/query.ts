// Runs a query: plan, candidates, filter, order, skip and limit. Answers are a stream, read as far as it is wanted.

import { checkTime, mostHeldBytes } from '../bounds.ts';
import { type Doc, toDoc } from '../bson/bson.ts';
import type { StoreFile } from '../file.ts';
import type { Matcher } from '../meaning/filter.ts';
import { type SortField, sortKey } from '../meaning/paths.ts';
import { sortTooLarge } from '../meaning/sort.ts';
import { type Collection, type StoredDoc, scan, scanIndex } from './collection.ts';
import type { Index } from './index-entries.ts';
import { makePlan, type Plan } from './query-plan.ts';

export interface Query {
  readonly filter: Doc;
  readonly matches: Matcher;
  readonly sort: readonly SortField[];
  /** 0 for none. */
  readonly skip: number;
  /** 0 for no limit. */
  readonly limit: number;
  readonly hint?: Index | 'natural' | undefined;
}

/** What a query cost, for explain. */
export interface Cost {
  docsExamined: number;
}

export interface FoundDoc extends StoredDoc {
  readonly doc: Doc;
}

function* planned(file: StoreFile, collection: Collection, plan: Plan): Generator<StoredDoc> {
  if (plan.stage === 'COLLSCAN') {
    yield* scan(file, collection);
    return;
  }
  const seen =
    plan.stage === 'OR' || plan.index.multikey || plan.ranges.length > 1 ? new Set() : undefined;
  const parts =
    plan.stage === 'OR'
      ? plan.plans.map((branch) => planned(file, collection, branch))
      : plan.ranges.map((range) => scanIndex(file, collection, plan.index, range, plan.backwards));
  for (const part of parts) {
    for (const found of part) {
      if (seen?.has(found.row)) continue;
      seen?.add(found.row);
      yield found;
    }
  }
}

export function planOf(collection: Collection, query: Query): Plan {
  if (query.hint === 'natural') return { stage: 'COLLSCAN' };
  return makePlan(collection, query.filter, query.sort, query.hint);
}

/** Who asks for everything mostly wants the bytes alone: decoding them is left until somebody looks. */
function undecoded({ row, bytes }: StoredDoc): FoundDoc {
  let decoded: Doc | undefined;
  return {
    row,
    bytes,
    get doc() {
      decoded ??= toDoc(bytes);
      return decoded;
    },
  };
}

function* matching(stored: Iterable<StoredDoc>, query: Query, cost: Cost): Generator<FoundDoc> {
  const isForAll = Object.keys(query.filter).length === 0;
  for (const found of stored) {
    cost.docsExamined += 1;
    checkTime();
    if (isForAll) {
      yield undecoded(found);
      continue;
    }
    const { row, bytes } = found;
    const doc = toDoc(bytes);
    if (query.matches(doc)) yield { row, bytes, doc };
  }
}

interface Sortable {
  readonly key: Buffer;
  readonly place: number;
  readonly found: FoundDoc;
}

/** Sorts in memory; where only the first so many are wanted, the rest is let go on the way. */
function sorted(found: Iterable<FoundDoc>, sort: readonly SortField[], wanted: number): FoundDoc[] {
  let kept: Sortable[] = [];
  let bytes = 0;
  let place = 0;
  const inOrder = (a: Sortable, b: Sortable): number =>
    Buffer.compare(a.key, b.key) || a.place - b.place;
  for (const item of found) {
    kept.push({ key: sortKey(item.doc, sort), place, found: item });
    place += 1;
    bytes += item.bytes.length;
    if (wanted > 0 && kept.length > 2 * wanted + 100) {
      kept = kept.sort(inOrder).slice(0, wanted);
      bytes = kept.reduce((sum, { found: { bytes: body } }) => sum + body.length, 0);
    }
    if (bytes > mostHeldBytes) throw sortTooLarge();
  }
  kept.sort(inOrder);
  return (wanted > 0 ? kept.slice(0, wanted) : kept).map(({ found: item }) => item);
}

function* window(found: Iterable<FoundDoc>, skip: number, limit: number): Generator<FoundDoc> {
  let place = 0;
  for (const item of found) {
    place += 1;
    if (place > skip) yield item;
    if (limit > 0 && place >= skip + limit) return;
  }
}

/** The documents that a query finds, in its order. */
export function runQuery(
  file: StoreFile,
  collection: Collection,
  query: Query,
  cost: Cost = { docsExamined: 0 },
): Iterable<FoundDoc> {
  const plan = planOf(collection, query);
  const found = matching(planned(file, collection, plan), query, cost);
  const inOrder = query.sort.length === 0 || (plan.stage === 'IXSCAN' && plan.sorted);
  const wanted = query.limit > 0 ? query.skip + query.limit : 0;
  return window(
    inOrder ? found : lazily(() => sorted(found, query.sort, wanted)),
    query.skip,
    query.limit,
  );
}

function* lazily<T>(make: () => Iterable<T>): Generator<T> {
  yield* make();
}
