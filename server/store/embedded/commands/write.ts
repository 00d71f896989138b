// Writing: insert, update and delete. Each command is one transaction, on disk before its reply.
import type { Doc } from '../bson/bson.ts';
import { type Collection, deleteDoc } from '../engine/collection.ts';
import type { Engine } from '../engine/engine.ts';
import { collectEntries, insertDocs, type NewDoc } from '../engine/many-docs.ts';
import { runQuery } from '../engine/query.ts';
import { Failure } from '../failure.ts';
import { compileFilter } from '../meaning/filter.ts';
import { compileUpdate } from '../meaning/update.ts';
import { batchOf, eachOf, withErrors } from './batch.ts';
import { type Change, changeOne, select, store, toStored, upsertOne } from './change.ts';
import {
  type Command,
  checkFields,
  checkOptions,
  collectionName,
  docOf,
  flag,
  ok,
} from './command.ts';
import { parseHint } from './read.ts';

export const insert: Command = (call) => {
  checkOptions(call, ['documents', 'ordered', 'bypassDocumentValidation']);
  const documents = batchOf(call, 'documents');
  const { engine } = call;
  return engine.write(() => {
    const collection = engine.catalog.ensure(call.db, collectionName(call));
    if (insertTogether(engine, collection, documents)) return ok({ n: documents.length });
    const later = collectEntries(engine.file);
    let n = 0;
    const errors = eachOf(call, documents, ({ bytes, doc }) => {
      store(engine, collection, bytes, doc, later);
      n += 1;
    });
    later.write();
    return withErrors({ n }, errors);
  });
};

/** Nearly every batch can be stored as a whole. False, with nothing written, where it has to be done one by one. */
function insertTogether(
  engine: Engine,
  collection: Collection,
  documents: readonly NewDoc[],
): boolean {
  if (documents.length === 1) return false;
  try {
    const stored = documents.map(({ bytes, doc }) => toStored(bytes, doc));
    return insertDocs(engine.file, collection, stored);
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

/** What an update did to one collection. */
interface Outcome {
  matched: number;
  modified: number;
  upserted?: Doc;
}

function runUpdate(engine: Engine, collection: Collection, change: Change): Outcome {
  const outcome: Outcome = { matched: 0, modified: 0 };
  for (const found of select(engine, collection, change)) {
    outcome.matched += 1;
    if (changeOne(engine, collection, found, change).modified) outcome.modified += 1;
  }
  if (outcome.matched === 0 && change.upsert) {
    outcome.upserted = upsertOne(engine, collection, change);
  }
  return outcome;
}

function parseChange(statement: Doc): Change {
  checkFields(statement, ['q', 'u', 'multi', 'upsert', 'arrayFilters', 'hint', 'sort'], 'update');
  const update = compileUpdate(statement['u'], statement['arrayFilters']);
  const multi = flag(statement['multi']);
  if (multi && update.isReplacement) {
    throw new Failure(9, 'multi update is not supported for replacement-style update');
  }
  const filter = docOf(statement['q'], 'q');
  return {
    filter,
    update,
    multi,
    upsert: flag(statement['upsert']),
    sort: statement['sort'],
    hint: statement['hint'],
  };
}

export const update: Command = (call) => {
  checkOptions(call, ['updates', 'ordered', 'bypassDocumentValidation']);
  const statements = batchOf(call, 'updates');
  const { engine } = call;
  return engine.write(() => {
    const name = collectionName(call);
    const upserted: Doc[] = [];
    let n = 0;
    let nModified = 0;
    const errors = eachOf(call, statements, ({ doc }, index) => {
      const change = parseChange(doc);
      compileFilter(change.filter);
      const known = engine.catalog.find(call.db, name);
      if (!known && !change.upsert) return;
      const collection = known ?? engine.catalog.ensure(call.db, name);
      const outcome = runUpdate(engine, collection, change);
      if (outcome.upserted) upserted.push({ index, _id: outcome.upserted['_id'] });
      n += outcome.matched + (outcome.upserted ? 1 : 0);
      nModified += outcome.modified;
    });
    return withErrors({ n, nModified, ...(upserted.length > 0 ? { upserted } : {}) }, errors);
  });
};

export const remove: Command = (call) => {
  checkOptions(call, ['deletes', 'ordered']);
  const statements = batchOf(call, 'deletes');
  const { engine } = call;
  return engine.write(() => {
    const collection = engine.catalog.find(call.db, collectionName(call));
    let n = 0;
    const errors = eachOf(call, statements, ({ doc }) => {
      checkFields(doc, ['q', 'limit', 'hint'], 'delete');
      const filter = docOf(doc['q'], 'q');
      const matches = compileFilter(filter);
      if (!collection) return;
      const limit = flag(doc['limit']) ? 1 : 0;
      const hint = parseHint(collection, doc['hint']);
      const query = { filter, matches, sort: [], skip: 0, limit, hint };
      // The rows are known before the first one goes, so that the walk is not disturbed.
      for (const found of [...runQuery(engine.file, collection, query)]) {
        deleteDoc(engine.file, collection, found.row, found.doc);
        n += 1;
      }
    });
    return withErrors({ n }, errors);
  });
};
