// findAndModify: one document taken or changed, and given as it was before or after.
import type { Doc } from '../bson/bson.ts';
import { deleteDoc } from '../engine/collection.ts';
import { runQuery } from '../engine/query.ts';
import { Failure } from '../failure.ts';
import { compileFilter } from '../meaning/filter.ts';
import { compileProjection } from '../meaning/projection.ts';
import { parseSort } from '../meaning/sort.ts';
import { compileUpdate } from '../meaning/update.ts';
import { type Change, changeOne, select, upsertOne } from './change.ts';
import {
  type Call,
  type Command,
  checkOptions,
  collectionName,
  docOf,
  flag,
  ok,
} from './command.ts';
import { parseHint } from './read.ts';

const findAndModifyOptions =
  'query update remove new upsert sort fields arrayFilters hint bypassDocumentValidation'.split(
    ' ',
  );

export const findAndModify: Command = (call) => {
  checkOptions(call, findAndModifyOptions);
  const { body, engine } = call;
  if (flag(body['remove']) && body['update'] !== undefined) {
    throw new Failure(9, "Cannot specify both an 'update' and 'remove'=true");
  }
  if (flag(body['remove']) && flag(body['new'])) {
    throw new Failure(
      9,
      "Cannot specify both 'new'=true and 'remove'=true; 'remove' always returns the deleted document",
    );
  }
  if (!flag(body['remove']) && body['update'] === undefined) {
    throw new Failure(9, 'Either an update or remove=true must be specified');
  }
  const project = compileProjection(body['fields']);
  const shown = (doc: Doc | null): Doc | null => (doc && project ? project(doc) : doc);
  return engine.write(() => {
    const outcome = flag(body['remove']) ? takeOne(call) : modifyOne(call);
    return ok({ lastErrorObject: outcome.status, value: shown(outcome.value) });
  });
};

interface Taken {
  readonly status: Doc;
  readonly value: Doc | null;
}

function takeOne(call: Call): Taken {
  const { engine, body } = call;
  const collection = engine.catalog.find(call.db, collectionName(call));
  const filter = docOf(body['query'], 'query');
  const query = {
    filter,
    matches: compileFilter(filter),
    sort: parseSort(body['sort']),
    skip: 0,
    limit: 1,
  };
  const hint = parseHint(collection, body['hint']);
  const [found] = collection ? [...runQuery(engine.file, collection, { ...query, hint })] : [];
  if (!collection || !found) return { status: { n: 0 }, value: null };
  deleteDoc(engine.file, collection, found.row, found.doc);
  return { status: { n: 1 }, value: found.doc };
}

function modifyOne(call: Call): Taken {
  const { engine, body } = call;
  const filter = docOf(body['query'], 'query');
  const change: Change = {
    filter,
    update: compileUpdate(body['update'], body['arrayFilters']),
    multi: false,
    upsert: flag(body['upsert']),
    sort: body['sort'],
    hint: body['hint'],
  };
  compileFilter(filter);
  const name = collectionName(call);
  const known = engine.catalog.find(call.db, name);
  const [found] = known ? select(engine, known, change) : [];
  if (known && found) {
    const { doc } = changeOne(engine, known, found, change);
    return {
      status: { n: 1, updatedExisting: true },
      value: flag(body['new']) ? doc : found.doc,
    };
  }
  if (!change.upsert) return { status: { n: 0, updatedExisting: false }, value: null };
  const doc = upsertOne(engine, known ?? engine.catalog.ensure(call.db, name), change);
  return {
    status: { n: 1, updatedExisting: false, upserted: doc['_id'] },
    value: flag(body['new']) ? doc : null,
  };
}
