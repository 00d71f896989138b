// Collections and databases: create, drop, list.
import { Binary } from 'bson';
import { type Doc, isDoc, toBytes } from '../bson/bson.ts';
import { countDocs } from '../engine/collection.ts';
import { Failure, unsupported } from '../failure.ts';
import { compileFilter } from '../meaning/filter.ts';
import { type Command, checkOptions, collectionName, docOf, flag, ok } from './command.ts';
import { cursorReply } from './read.ts';

export const create: Command = (call) => {
  checkOptions(call, []);
  const name = collectionName(call);
  // Making a collection that is there, with the same options (none), is no mistake.
  call.engine.write(() => call.engine.catalog.ensure(call.db, name));
  return ok();
};

export const drop: Command = (call) => {
  checkOptions(call, []);
  const name = collectionName(call);
  const collection = call.engine.catalog.find(call.db, name);
  if (!collection) return ok();
  const nIndexesWas = collection.indexes.length;
  call.engine.write(() => call.engine.catalog.drop(collection));
  return ok({ nIndexesWas, ns: `${call.db}.${name}` });
};

/** A collection's full name in two parts. */
function parseNamespace(text: unknown): { db: string; name: string } {
  if (typeof text !== 'string' || !/^[^.]+\../.test(text)) {
    throw new Failure(73, `Invalid namespace specified '${String(text)}'`);
  }
  const dot = text.indexOf('.');
  return { db: text.slice(0, dot), name: text.slice(dot + 1) };
}

/** Within one database. Indexes go with their collection. */
export const renameCollection: Command = (call) => {
  checkOptions(call, ['to', 'dropTarget']);
  if (call.db !== 'admin')
    throw new Failure(13, 'renameCollection may only be run against the admin database.');
  const from = parseNamespace(call.body['renameCollection']);
  const to = parseNamespace(call.body['to']);
  if (from.db !== to.db) throw unsupported('renaming a collection into another database');
  if (from.name === to.name) throw new Failure(20, "Can't rename a collection to itself");
  const { catalog } = call.engine;
  const collection = catalog.find(from.db, from.name);
  if (!collection)
    throw new Failure(26, `Source collection ${from.db}.${from.name} does not exist`);
  const inTheWay = catalog.find(to.db, to.name);
  if (inTheWay && !flag(call.body['dropTarget'])) throw new Failure(48, 'target namespace exists');
  call.engine.write(() => {
    if (inTheWay) catalog.drop(inTheWay);
    catalog.rename(collection, to.name);
  });
  return ok();
};

export const dropDatabase: Command = (call) => {
  checkOptions(call, []);
  const { catalog } = call.engine;
  const doomed = catalog.all().filter(({ db }) => db === call.db);
  call.engine.write(() => {
    for (const collection of doomed) catalog.drop(collection);
  });
  return ok(doomed.length > 0 ? { dropped: call.db } : {});
};

export const listCollections: Command = (call) => {
  checkOptions(call, ['filter', 'nameOnly', 'authorizedCollections', 'cursor']);
  const matches = compileFilter(docOf(call.body['filter'], 'filter'));
  const found = call.engine.catalog
    .all()
    .filter(({ db }) => db === call.db)
    .map(({ name, uuid, indexes }): Doc => {
      const short = { name, type: 'collection' };
      if (flag(call.body['nameOnly'])) return short;
      const idIndex = { v: 2, key: indexes[0]?.spec.key, name: '_id_' };
      return {
        ...short,
        options: {},
        info: { readOnly: false, uuid: new Binary(uuid, 4) },
        idIndex,
      };
    })
    .filter((doc) => matches(doc));
  const cursor = isDoc(call.body['cursor']) ? call.body['cursor'] : {};
  return cursorReply(call, `${call.db}.$cmd.listCollections`, found.map(toBytes), cursor);
};

export const listDatabases: Command = (call) => {
  checkOptions(call, ['filter', 'nameOnly', 'authorizedDatabases']);
  if (call.db !== 'admin')
    throw new Failure(13, 'listDatabases may only be run against the admin database.');
  const { catalog, file } = call.engine;
  const matches = compileFilter(docOf(call.body['filter'], 'filter'));
  const names = [...new Set(catalog.all().map(({ db }) => db))].sort();
  const databases = names
    .map((name): Doc => {
      const own = catalog.all().filter(({ db }) => db === name);
      const empty = own.every((collection) => countDocs(file, collection) === 0);
      return flag(call.body['nameOnly']) ? { name } : { name, sizeOnDisk: 0, empty };
    })
    .filter((doc) => matches(doc));
  return ok(flag(call.body['nameOnly']) ? { databases } : { databases, totalSize: 0 });
};
