// One document stored, changed or made by an upsert: what insert, update and findAndModify share.
import { ObjectId } from 'bson';
import { type Doc, fieldOf, isDoc, toBytes, withIdFirst } from '../bson/bson.ts';
import { kindOf, kinds } from '../bson/compare.ts';
import { type Collection, insertDoc, replaceDoc } from '../engine/collection.ts';
import type { Engine } from '../engine/engine.ts';
import type { LaterEntries, NewDoc } from '../engine/many-docs.ts';
import { type FoundDoc, runQuery } from '../engine/query.ts';
import { Failure } from '../failure.ts';
import { compileFilter, type MatchDetails } from '../meaning/filter.ts';
import { parseSort } from '../meaning/sort.ts';
import type { Update } from '../meaning/update.ts';
import { upsertBase } from '../meaning/upsert-base.ts';
import { parseHint } from './read.ts';

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

/** A new document as it is stored: with an _id if it has none, and that one first. */
export function toStored(bytes: Buffer, doc: Doc): NewDoc {
  const id = fieldOf(doc, '_id') ?? (Object.hasOwn(doc, '_id') ? null : new ObjectId());
  refuseId(id);
  const stored = Object.hasOwn(doc, '_id') ? doc : { _id: id, ...doc };
  return { doc: stored, bytes: withIdFirst(bytes, doc, id) };
}

/** Stores a new document, and gives it as it is stored. */
export function store(
  engine: Engine,
  collection: Collection,
  bytes: Buffer,
  doc: Doc,
  later?: LaterEntries,
): Doc {
  const stored = toStored(bytes, doc);
  insertDoc(engine.file, collection, stored.doc, stored.bytes, later);
  return stored.doc;
}

export interface Change {
  readonly filter: Doc;
  readonly update: Update;
  readonly multi: boolean;
  readonly upsert: boolean;
  readonly sort?: unknown;
  readonly hint?: unknown;
}

/** The document after the update, where something changed. */
export function changeOne(
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

export function upsertOne(engine: Engine, collection: Collection, change: Change): Doc {
  const base = upsertBase(change.filter, change.update.isReplacement);
  const made = change.update.apply(base, {}, true);
  return store(engine, collection, toBytes(made), made);
}

export function select(engine: Engine, collection: Collection, change: Change): FoundDoc[] {
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
