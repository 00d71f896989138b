// Reading: find, count, distinct, explain, and the cursors that find and aggregate leave open.
import { Int32, Long } from 'bson';
import { holdUpTo, resultBytes, valueSize } from '../bounds.ts';
import { type Doc, isDoc, maxDocumentBytes } from '../bson/bson.ts';
import { valueKey } from '../bson/key.ts';
import { type Collection, countDocs } from '../engine/collection.ts';
import { type Index, isSameKey } from '../engine/index-entries.ts';
import { type Cost, planOf, type Query, runQuery } from '../engine/query.ts';
import type { Plan } from '../engine/query-plan.ts';
import { badValue, Failure, unsupported } from '../failure.ts';
import { compileFilter } from '../meaning/filter.ts';
import { emptyArray, valuesAt } from '../meaning/paths.ts';
import { compileProjection } from '../meaning/projection.ts';
import { parseSort } from '../meaning/sort.ts';
import type { Reply } from '../wire.ts';
import {
  type Call,
  type Command,
  checkOptions,
  collectionName,
  countOf,
  docOf,
  flag,
  ok,
  patienceOf,
} from './command.ts';

const firstBatchSize = 101;

/** The index that a hint names, by its name or its key. */
export function parseHint(
  collection: Collection | undefined,
  hint: unknown,
): Index | 'natural' | undefined {
  if (hint === undefined || hint === null) return undefined;
  if (isDoc(hint) && Object.keys(hint).length === 0) return undefined;
  if (isDoc(hint) && Object.hasOwn(hint, '$natural')) {
    if (Number(hint['$natural']) !== 1) throw unsupported('the order $natural: -1');
    return 'natural';
  }
  const index = collection?.indexes.find(({ spec }) =>
    typeof hint === 'string' ? spec.name === hint : isSameKey(spec.key, hint),
  );
  if (collection && !index) {
    throw badValue(
      'error processing query: hint provided does not correspond to an existing index',
    );
  }
  return index;
}

function parseQuery(call: Call, collection: Collection | undefined): Query {
  const { body } = call;
  const filter = docOf(body['filter'] ?? body['query'], 'filter');
  return {
    filter,
    matches: compileFilter(filter),
    sort: parseSort(body['sort']),
    skip: countOf(body['skip'], 'skip', 0),
    limit: Math.abs(countOf(body['limit'], 'limit', 0)),
    hint: parseHint(collection, body['hint']),
  };
}

const findOptions =
  'filter sort projection hint skip limit batchSize singleBatch let allowDiskUse noCursorTimeout allowPartialResults'.split(
    ' ',
  );

function* answers(call: Call, collection: Collection, query: Query): Generator<Uint8Array> {
  const project = compileProjection(call.body['projection']);
  for (const found of runQuery(call.engine.file, collection, query)) {
    yield project ? resultBytes(project(found.doc)) : found.bytes;
  }
}

export const find: Command = (call) => {
  checkOptions(call, findOptions);
  if (call.body['let'] !== undefined && Object.keys(docOf(call.body['let'], 'let')).length > 0) {
    throw unsupported('the option "let" of find');
  }
  const name = collectionName(call);
  const collection = call.engine.catalog.find(call.db, name);
  const query = parseQuery(call, collection);
  compileProjection(call.body['projection']);
  return cursorReply(
    call,
    `${call.db}.${name}`,
    collection ? answers(call, collection, query) : [],
  );
};

/** The first batch of an answer; the rest stays for getMore. */
export function cursorReply(
  call: Call,
  namespace: string,
  documents: Iterable<Uint8Array>,
  options: Doc = call.body,
): Reply {
  const size = countOf(options['batchSize'], 'batchSize', firstBatchSize);
  const batch = call.engine.cursors.open(
    namespace,
    documents,
    size,
    flag(call.body['singleBatch']),
    patienceOf(call.body),
  );
  return { ...ok(), batch: { ...batch, name: 'firstBatch' } };
}

export const getMore: Command = (call) => {
  checkOptions(call, ['collection', 'batchSize']);
  const id = call.body['getMore'];
  const namespace = `${call.db}.${String(call.body['collection'])}`;
  const size = countOf(call.body['batchSize'], 'batchSize', 0);
  const batch = call.engine.cursors.next(
    namespace,
    Long.fromValue(String(id)),
    size === 0 ? Number.POSITIVE_INFINITY : size,
  );
  return { ...ok(), batch: { ...batch, name: 'nextBatch' } };
};

export const killCursors: Command = (call) => {
  checkOptions(call, ['cursors']);
  const ids = Array.isArray(call.body['cursors']) ? call.body['cursors'] : [];
  const known = ids.map((id) => Long.fromValue(String(id)));
  const killed = known.filter((id) => call.engine.cursors.kill(id));
  return ok({
    cursorsKilled: killed,
    cursorsNotFound: known.filter((id) => !killed.includes(id)),
    cursorsAlive: [],
    cursorsUnknown: [],
  });
};

export const count: Command = (call) => {
  checkOptions(call, ['query', 'limit', 'skip', 'hint', 'fields']);
  const collection = call.engine.catalog.find(call.db, collectionName(call));
  const query = parseQuery(call, collection);
  if (!collection) return ok({ n: 0 });
  const { skip, limit } = query;
  if (Object.keys(query.filter).length === 0) {
    const left = Math.max(0, countDocs(call.engine.file, collection) - skip);
    return ok({ n: limit > 0 ? Math.min(left, limit) : left });
  }
  let n = 0;
  for (const _ of runQuery(call.engine.file, collection, query)) n += 1;
  return ok({ n });
};

export const distinct: Command = (call) => {
  checkOptions(call, ['key', 'query', 'hint']);
  const { key } = call.body;
  if (typeof key !== 'string' || key === '')
    throw new Failure(14, "BSON field 'distinct.key' must be a string");
  const collection = call.engine.catalog.find(call.db, collectionName(call));
  const query = parseQuery(call, collection);
  if (!collection) return ok({ values: [] });
  const hold = holdUpTo(maxDocumentBytes, () => new Failure(17217, 'distinct too big, 16mb cap'));
  const values = new Map<string, unknown>();
  for (const { doc } of runQuery(call.engine.file, collection, query)) {
    for (const value of valuesAt(doc, key.split('.'))) {
      if (value === undefined || value === emptyArray) continue;
      const known = valueKey(value).toString('latin1');
      if (values.has(known)) continue;
      hold(valueSize(value));
      values.set(known, value);
    }
  }
  return ok({ values: [...values.values()] });
};

function stageOf(plan: Plan): Doc {
  if (plan.stage === 'COLLSCAN') return { stage: 'COLLSCAN', direction: 'forward' };
  if (plan.stage === 'OR') {
    return { stage: 'FETCH', inputStage: { stage: 'OR', inputStages: plan.plans.map(stageOf) } };
  }
  return {
    stage: 'FETCH',
    inputStage: {
      stage: 'IXSCAN',
      indexName: plan.index.spec.name,
      keyPattern: plan.index.spec.key,
      isMultiKey: plan.index.multikey,
      isUnique: plan.index.unique,
      direction: plan.backwards ? 'backward' : 'forward',
    },
  };
}

function winningPlan(plan: Plan, query: Query): Doc {
  const inOrder = query.sort.length === 0 || (plan.stage === 'IXSCAN' && plan.sorted);
  if (inOrder) return stageOf(plan);
  const sortPattern = Object.fromEntries(
    query.sort.map(({ path, direction }) => [path, direction]),
  );
  return { stage: 'SORT', sortPattern, inputStage: stageOf(plan) };
}

/** Of a find, a count or a distinct: the plan, and what running it cost. */
export const explain: Command = (call) => {
  checkOptions(call, ['verbosity']);
  const inner = docOf(call.body['explain'], 'explain');
  const [name = ''] = Object.keys(inner);
  if (!['find', 'count', 'distinct'].includes(name)) throw unsupported(`explain of ${name}`);
  const innerCall: Call = { ...call, name, body: inner };
  const collection = call.engine.catalog.find(call.db, collectionName(innerCall));
  const query = parseQuery(innerCall, collection);
  const queryPlanner = {
    namespace: `${call.db}.${collectionName(innerCall)}`,
    parsedQuery: query.filter,
    winningPlan: collection ? winningPlan(planOf(collection, query), query) : { stage: 'EOF' },
    rejectedPlans: [],
  };
  const cost: Cost = { docsExamined: 0 };
  let nReturned = 0;
  if (collection) {
    for (const _ of runQuery(call.engine.file, collection, query, cost)) nReturned += 1;
  }
  const executionStats = {
    executionSuccess: true,
    nReturned: new Int32(nReturned),
    totalDocsExamined: new Int32(cost.docsExamined),
  };
  return ok({ explainVersion: '1', queryPlanner, executionStats });
};
