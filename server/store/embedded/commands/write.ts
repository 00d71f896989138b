// Writing: insert, update, delete and findAndModify. Each command is one transaction, on disk before its reply.
import { ObjectId } from 'bson';
import { type Doc, fieldOf, isDoc, maxWriteBatch, toBytes, withIdFirst } from '../bson/bson.ts';
import { kindOf, kinds } from '../bson/compare.ts';
import { type Collection, deleteDoc, insertDoc, replaceDoc } from '../engine/collection.ts';
import { type Engine, parsed, serialised } from '../engine/engine.ts';
import { type FoundDoc, runQuery } from '../engine/query.ts';
import { Failure, failureFields } from '../failure.ts';
import { compileFilter, type MatchDetails } from '../meaning/filter.ts';
import { compileProjection } from '../meaning/projection.ts';
import { parseSort } from '../meaning/sort.ts';
import { compileUpdate, type Update, upsertBase } from '../meaning/update.ts';
import type { Reply } from '../wire.ts';
import {
  type Call,
  type Command,
  checkFields,
  checkOptions,
  collectionName,
  docOf,
  flag,
  ok,
} from './command.ts';
import { parseHint } from './read.ts';

/** The statements of a batch: beside the command as a sequence, or in it as an array. */
function batchOf(call: Call, name: string): { bytes: Buffer; doc: Doc }[] {
  const sequence = call.sequences.get(name);
  const list = call.body[name];
  const batch = sequence
    ? sequence.map(parsed)
    : (Array.isArray(list) ? list : []).map((doc) => serialised(docOf(doc, name)));
  if (batch.length === 0 || batch.length > maxWriteBatch) {
    throw new Failure(
      16,
      `Write batch sizes must be between 1 and ${maxWriteBatch}. Got ${batch.length} operations.`,
    );
  }
  return batch;
}

/**
 * Runs each statement; those that fail are told by their place, and end an ordered batch.
 * What an earlier statement wrote stays written, as in MongoDB.
 */
function eachOf<T>(
  call: Call,
  statements: readonly T[],
  run: (statement: T, place: number) => void,
): Doc[] {
  const ordered = call.body['ordered'] === undefined || flag(call.body['ordered']);
  const errors: Doc[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const { codeName: _, ...fields } = failureFields(error);
      errors.push({ index, ...fields });
      if (ordered) break;
    }
  }
  return errors;
}

const withErrors = (fields: Doc, writeErrors: Doc[]): Reply =>
  ok(writeErrors.length > 0 ? { ...fields, writeErrors } : fields);

/** @throws Failure 53 for an _id that is an array, a regular expression or missing its meaning. */
function refuseId(id: unknown): void {
  const kind = kindOf(id);
  if (kind === kinds.array || kind === kinds.regex) {
    throw new Failure(
      53,
      `The '_id' value cannot be of type ${kind === kinds.array ? 'array' : 'regex'}`,
    );
  }
  if (isDoc(id)) {
    const name = Object.keys(id).find((key) => key.startsWith('$'));
    if (name)
      throw new Failure(
        52,
        `_id fields may not contain '$'-prefixed fields: ${name} is not valid for storage.`,
      );
  }
}

function store(engine: Engine, collection: Collection, bytes: Buffer, doc: Doc): Doc {
  const id = fieldOf(doc, '_id') ?? (Object.hasOwn(doc, '_id') ? null : new ObjectId());
  refuseId(id);
  const stored = Object.hasOwn(doc, '_id') ? doc : { _id: id, ...doc };
  insertDoc(engine.file, collection, stored, withIdFirst(bytes, doc, id));
  return stored;
}

export const insert: Command = (call) => {
  checkOptions(call, ['documents', 'ordered', 'bypassDocumentValidation']);
  const documents = batchOf(call, 'documents');
  const { engine } = call;
  return engine.write(() => {
    const collection = engine.catalog.ensure(call.db, collectionName(call));
    let n = 0;
    const errors = eachOf(call, documents, ({ bytes, doc }) => {
      store(engine, collection, bytes, doc);
      n += 1;
    });
    return withErrors({ n }, errors);
  });
};

interface Change {
  readonly filter: Doc;
  readonly update: Update;
  readonly multi: boolean;
  readonly upsert: boolean;
  readonly sort?: unknown;
  readonly hint?: unknown;
}

/** What an update did to one collection. */
interface Outcome {
  matched: number;
  modified: number;
  upserted?: Doc;
}

/** The document after the update, where something changed. */
function changeOne(
  engine: Engine,
  collection: Collection,
  found: FoundDoc,
  change: Change,
): { doc: Doc; modified: boolean } {
  const details: MatchDetails = {};
  if (change.update.positional) compileFilter(change.filter)(found.doc, details);
  const doc = change.update.apply(found.doc, details, false);
  const bytes = toBytes(doc);
  if (bytes.equals(found.bytes)) return { doc, modified: false };
  replaceDoc(engine.file, collection, found.row, found.doc, doc, bytes);
  return { doc, modified: true };
}

function upsertOne(engine: Engine, collection: Collection, change: Change): Doc {
  const base = upsertBase(change.filter, change.update.isReplacement);
  const made = change.update.apply(base, {}, true);
  return store(engine, collection, toBytes(made), made);
}

function select(engine: Engine, collection: Collection, change: Change): FoundDoc[] {
  const query = {
    filter: change.filter,
    matches: compileFilter(change.filter),
    sort: parseSort(change.sort),
    skip: 0,
    limit: change.multi ? 0 : 1,
    hint: parseHint(collection, change.hint),
  };
  return [...runQuery(engine.file, collection, query)];
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
