// aggregate: the leading $match, $sort, $skip and $limit run as a query with its indexes, the rest as a stream.

import { resultBytes } from '../bounds.ts';
import { type Doc, isDoc } from '../bson/bson.ts';
import { type Query, runQuery } from '../engine/query.ts';
import { Failure, unsupported } from '../failure.ts';
import { compileFilter } from '../meaning/filter.ts';
import { compileStages, type Source } from '../meaning/pipeline/stages.ts';
import { parseSort } from '../meaning/sort.ts';
import { type Call, type Command, checkFields, checkOptions, docOf } from './command.ts';
import { cursorReply, parseHint } from './read.ts';

const options = 'pipeline cursor allowDiskUse hint let bypassDocumentValidation explain'.split(' ');

/** What a leading part of a pipeline asks of the query, and the stages that are left. */
interface Split {
  readonly filter: Doc;
  readonly sort: unknown;
  readonly rest: readonly unknown[];
}

function split(pipeline: readonly unknown[]): Split {
  let filter: Doc = {};
  let sort: unknown;
  let taken = 0;
  const [first, second] = pipeline;
  if (isDoc(first) && isDoc(first['$match'])) {
    filter = first['$match'];
    taken = 1;
  }
  const next = taken === 1 ? second : first;
  if (isDoc(next) && isDoc(next['$sort'])) {
    sort = next['$sort'];
    taken += 1;
  }
  return { filter, sort, rest: pipeline.slice(taken) };
}

/** Reads a collection for $lookup. */
function sourceOf(call: Call): Source {
  return function* source(name, filter) {
    const collection = call.engine.catalog.find(call.db, name);
    if (!collection) return;
    const query = { filter, matches: compileFilter(filter), sort: [], skip: 0, limit: 0 };
    for (const { doc } of runQuery(call.engine.file, collection, query)) yield doc;
  };
}

function* docsOf(call: Call, name: string, { filter, sort }: Split): Generator<Doc> {
  const collection = call.engine.catalog.find(call.db, name);
  if (!collection) return;
  const query: Query = {
    filter,
    matches: compileFilter(filter),
    sort: parseSort(sort),
    skip: 0,
    limit: 0,
    hint: parseHint(collection, call.body['hint']),
  };
  for (const { doc } of runQuery(call.engine.file, collection, query)) yield doc;
}

function* bytesOf(docs: Iterable<Doc>): Generator<Uint8Array> {
  for (const doc of docs) yield resultBytes(doc);
}

export const aggregate: Command = (call) => {
  checkOptions(call, options);
  const { body } = call;
  const name = body['aggregate'];
  if (typeof name !== 'string') throw unsupported('aggregation over a whole database');
  if (!Array.isArray(body['pipeline'])) {
    throw new Failure(14, "'pipeline' option must be specified as an array");
  }
  if (body['explain'] !== undefined) throw unsupported('explain of aggregate');
  if (!isDoc(body['cursor'])) {
    throw new Failure(
      9,
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  }
  checkFields(body['cursor'], ['batchSize'], 'cursor');
  if (Object.keys(docOf(body['let'], 'let')).length > 0)
    throw unsupported('the option "let" of aggregate');
  // All of it is compiled, so that mistakes in the leading stages show as well.
  compileStages(body['pipeline'], { source: sourceOf(call) });
  const parts = split(body['pipeline']);
  const run = compileStages(parts.rest, { source: sourceOf(call) });
  const docs = run(docsOf(call, name, parts));
  return cursorReply(call, `${call.db}.${name}`, bytesOf(docs), body['cursor']);
};
