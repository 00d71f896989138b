// Indexes: createIndexes, listIndexes, dropIndexes. Kinds that this store has not are refused when they are made.
import { type Doc, isDoc, toBytes } from '../bson/bson.ts';
import { isEqual } from '../bson/compare.ts';
import type { Collection } from '../engine/collection.ts';
import { type IndexSpec, isSameKey } from '../engine/index-entries.ts';
import { Failure, unsupported } from '../failure.ts';
import { compileFilter, isOperators } from '../meaning/filter.ts';
import { toNumber } from '../meaning/predicates.ts';
import {
  type Command,
  checkFields,
  checkOptions,
  collectionName,
  docOf,
  flag,
  ok,
} from './command.ts';
import { cursorReply } from './read.ts';

const specFields =
  'key name unique sparse partialFilterExpression expireAfterSeconds background v hidden'.split(
    ' ',
  );

function refuseKey(key: Doc): void {
  const fields = Object.entries(key);
  if (fields.length === 0) throw new Failure(67, 'Index keys cannot be an empty object.');
  for (const [path, direction] of fields) {
    if (typeof direction === 'string') throw unsupported(`indexes of the kind "${direction}"`);
    const number = toNumber(direction);
    if (number === undefined || number === 0 || Number.isNaN(number)) {
      throw new Failure(67, 'Values in the index key pattern cannot be 0.');
    }
    if (path.includes('$**')) throw unsupported('wildcard indexes');
    if (path === '' || path.split('.').some((part) => part === '' || part.startsWith('$'))) {
      throw new Failure(67, `Index key contains an illegal field name: '${path}'`);
    }
  }
}

const partialOperators = new Set(['$eq', '$exists', '$gt', '$gte', '$lt', '$lte', '$type']);

/** Only what a query can be shown to imply, MongoDB's own list. */
function refusePartial(expression: Doc): void {
  compileFilter(expression);
  for (const [path, wanted] of Object.entries(expression)) {
    if (path === '$and' && Array.isArray(wanted)) {
      for (const part of wanted) refusePartial(part as Doc);
      continue;
    }
    const operators = isOperators(wanted) ? Object.entries(wanted) : [];
    const strange = operators.find(
      ([name, value]) => !partialOperators.has(name) || (name === '$exists' && !flag(value)),
    );
    if (path.startsWith('$') || strange) {
      throw new Failure(67, `unsupported expression in partial index: ${strange?.[0] ?? path}`);
    }
  }
}

function parseSpec(value: unknown): IndexSpec {
  const given = docOf(value, 'indexes');
  checkFields(given, specFields, 'createIndexes');
  const key = docOf(given['key'], 'key');
  refuseKey(key);
  if (typeof given['name'] !== 'string')
    throw new Failure(9, "The 'name' field is a required property of an index specification");
  if (flag(given['hidden'])) throw unsupported('hidden indexes');
  const expiry = given['expireAfterSeconds'];
  const partial = given['partialFilterExpression'];
  if (expiry !== undefined) {
    const seconds = toNumber(expiry);
    if (seconds === undefined || seconds < 0 || seconds > 2147483647) {
      throw new Failure(67, 'TTL index expireAfterSeconds must be within 0 and 2147483647');
    }
    if (Object.keys(key).length !== 1 || Object.hasOwn(key, '_id')) {
      throw new Failure(
        67,
        'TTL indexes are single-field indexes, compound indexes do not support TTL.',
      );
    }
  }
  if (partial !== undefined) {
    if (!isDoc(partial)) throw new Failure(67, 'partialFilterExpression must be an object');
    if (flag(given['sparse']))
      throw new Failure(67, 'cannot mix "partialFilterExpression" and "sparse" options');
    refusePartial(partial);
  }
  return {
    v: 2,
    key,
    name: given['name'],
    ...(flag(given['unique']) ? { unique: true } : {}),
    ...(flag(given['sparse']) ? { sparse: true } : {}),
    ...(partial === undefined ? {} : { partialFilterExpression: partial as Doc }),
    ...(expiry === undefined ? {} : { expireAfterSeconds: Number(expiry) }),
  };
}

const optionsOf = ({ v: _v, key: _key, name: _name, ...options }: IndexSpec): Doc => ({
  unique: options.unique ?? false,
  sparse: options.sparse ?? false,
  partial: options.partialFilterExpression ?? null,
  expiry: options.expireAfterSeconds ?? null,
});

/** True where the same index is there. @throws Failure 85, 86 where another one is in the way. */
function isThere(collection: Collection, spec: IndexSpec): boolean {
  const isId = isSameKey(spec.key, { _id: 1 });
  if (isId) return true;
  const named = collection.indexes.find((index) => index.spec.name === spec.name);
  if (named) {
    if (!isSameKey(named.spec.key, spec.key)) {
      throw new Failure(
        86,
        `An existing index has the same name as the requested index. Requested index: ${spec.name}`,
      );
    }
    if (!isEqual(optionsOf(named.spec), optionsOf(spec))) {
      throw new Failure(
        named.spec.expireAfterSeconds === spec.expireAfterSeconds ? 86 : 85,
        `An equivalent index already exists with the same name but different options. Requested index: ${spec.name}`,
      );
    }
    return true;
  }
  const same = collection.indexes.find(
    (index) =>
      isSameKey(index.spec.key, spec.key) &&
      isEqual(index.spec.partialFilterExpression ?? null, spec.partialFilterExpression ?? null),
  );
  if (same) {
    throw new Failure(85, `Index already exists with a different name: ${same.spec.name}`);
  }
  return false;
}

export const createIndexes: Command = (call) => {
  checkOptions(call, ['indexes', 'commitQuorum']);
  const list = call.sequences.get('indexes') ? undefined : call.body['indexes'];
  if (!Array.isArray(list) || list.length === 0) {
    throw new Failure(2, 'Must specify at least one index to create');
  }
  const specs = list.map(parseSpec);
  const { engine, db } = call;
  const name = collectionName(call);
  const createdCollectionAutomatically = engine.catalog.find(db, name) === undefined;
  return engine.write(() => {
    const collection = engine.catalog.ensure(db, name);
    const numIndexesBefore = collection.indexes.length;
    for (const spec of specs) {
      if (!isThere(collection, spec)) engine.catalog.addIndex(collection, spec);
    }
    const numIndexesAfter = collection.indexes.length;
    return ok({
      numIndexesBefore,
      numIndexesAfter,
      createdCollectionAutomatically,
      ...(numIndexesBefore === numIndexesAfter ? { note: 'all indexes already exist' } : {}),
    });
  });
};

export const listIndexes: Command = (call) => {
  checkOptions(call, ['cursor']);
  const name = collectionName(call);
  const collection = call.engine.catalog.find(call.db, name);
  if (!collection) throw new Failure(26, `ns does not exist: ${call.db}.${name}`);
  const specs = collection.indexes.map(({ spec }) => toBytes(spec as unknown as Doc));
  const cursor = isDoc(call.body['cursor']) ? call.body['cursor'] : {};
  return cursorReply(call, `${call.db}.${name}`, specs, cursor);
};

/** The names of the indexes to drop: "*", a name, a list of names or a key. */
function namesOf(collection: Collection, wanted: unknown): string[] {
  const own = collection.indexes.map(({ spec }) => spec);
  if (wanted === '*') return own.slice(1).map(({ name }) => name);
  if (Array.isArray(wanted)) return wanted.flatMap((name) => namesOf(collection, name));
  const spec = isDoc(wanted)
    ? own.find(({ key }) => isSameKey(key, wanted))
    : own.find(({ name }) => name === wanted);
  if (!spec)
    throw new Failure(
      27,
      `index not found with name [${isDoc(wanted) ? JSON.stringify(wanted) : String(wanted)}]`,
    );
  if (spec.name === '_id_') throw new Failure(72, 'cannot drop _id index');
  return [spec.name];
}

export const dropIndexes: Command = (call) => {
  checkOptions(call, ['index']);
  const name = collectionName(call);
  const collection = call.engine.catalog.find(call.db, name);
  if (!collection) throw new Failure(26, `ns not found ${call.db}.${name}`);
  const nIndexesWas = collection.indexes.length;
  const names = namesOf(collection, call.body['index']);
  call.engine.write(() => {
    for (const index of names) call.engine.catalog.dropIndex(collection, index);
  });
  return ok({ nIndexesWas });
};
