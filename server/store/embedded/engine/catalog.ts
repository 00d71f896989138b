// Which databases, collections and indexes there are. Kept in memory, written with the command that changes them.
import { randomBytes } from 'node:crypto';
import { type Doc, toBytes, toDoc } from '../bson/bson.ts';
import { Failure } from '../failure.ts';
import type { StoreFile } from '../file.ts';
import { type Collection, fillIndex } from './collection.ts';
import { type IndexSpec, toIndex } from './index-entries.ts';

export interface Catalog {
  find(db: string, name: string): Collection | undefined;
  /** Made, with its index on _id, where there is none. */
  ensure(db: string, name: string): Collection;
  all(): Collection[];
  drop(collection: Collection): void;
  /** Gives it another name, which no other collection has. */
  rename(collection: Collection, name: string): void;
  addIndex(collection: Collection, spec: IndexSpec): void;
  dropIndex(collection: Collection, name: string): void;
  /** Reads everything again: after a command was undone. */
  reload(): void;
}

const idIndex: IndexSpec = { v: 2, key: { _id: 1 }, name: '_id_' };

function refuseName(db: string, name: string): void {
  if (db === '' || /[\s/\\."$\0]/.test(db) || Buffer.byteLength(db) > 63) {
    throw new Failure(73, `Invalid database name: '${db}'`);
  }
  if (name === '' || name.includes('\0') || name.includes('$') || name.startsWith('system.')) {
    throw new Failure(73, `Invalid collection name: ${name}`);
  }
}

function readCollections(file: StoreFile): Map<string, Collection> {
  const found = new Map<string, Collection>();
  for (const row of file.prepare('SELECT id, db, name, uuid FROM collections').all()) {
    const [id, db, name, uuid] = row as [number, string, string, Buffer];
    const indexes = file
      .prepare('SELECT id, spec, multikey FROM indexes WHERE collection = ? ORDER BY id')
      .all(id)
      .map((index) => {
        const [indexId, spec, multikey] = index as [number, Buffer, number];
        return toIndex(indexId, toDoc(spec) as unknown as IndexSpec, multikey === 1);
      });
    found.set(`${db}.${name}`, { id, db, name, uuid, table: `docs_${id}`, indexes });
  }
  return found;
}

export function openCatalog(file: StoreFile): Catalog {
  let collections = readCollections(file);

  const addIndex = (collection: Collection, spec: IndexSpec): void => {
    const { lastInsertRowid } = file
      .prepare('INSERT INTO indexes (collection, name, spec) VALUES (?, ?, ?)')
      .run(collection.id, spec.name, toBytes(spec as unknown as Doc));
    const index = toIndex(lastInsertRowid, spec, false);
    file.exec(
      `CREATE TABLE ${index.table} (key BLOB NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (key, row)) WITHOUT ROWID`,
    );
    fillIndex(file, collection, index);
    collection.indexes = [...collection.indexes, index];
  };

  const create = (db: string, name: string): Collection => {
    refuseName(db, name);
    const uuid = randomBytes(16);
    const { lastInsertRowid } = file
      .prepare('INSERT INTO collections (db, name, uuid) VALUES (?, ?, ?)')
      .run(db, name, uuid);
    const table = `docs_${lastInsertRowid}`;
    file.exec(`CREATE TABLE ${table} (row INTEGER PRIMARY KEY AUTOINCREMENT, body BLOB NOT NULL)`);
    const collection: Collection = { id: lastInsertRowid, db, name, uuid, table, indexes: [] };
    addIndex(collection, idIndex);
    collections.set(`${db}.${name}`, collection);
    return collection;
  };

  const dropTable = (table: string): void => {
    file.forgetStatements();
    file.exec(`DROP TABLE ${table}`);
  };

  return {
    find: (db, name) => collections.get(`${db}.${name}`),
    ensure: (db, name) => collections.get(`${db}.${name}`) ?? create(db, name),
    all: () => [...collections.values()],
    addIndex,
    drop: (collection) => {
      for (const index of collection.indexes) dropTable(index.table);
      dropTable(collection.table);
      file.prepare('DELETE FROM indexes WHERE collection = ?').run(collection.id);
      file.prepare('DELETE FROM collections WHERE id = ?').run(collection.id);
      collections.delete(`${collection.db}.${collection.name}`);
    },
    rename: (collection, name) => {
      refuseName(collection.db, name);
      file.prepare('UPDATE collections SET name = ? WHERE id = ?').run(name, collection.id);
      collections.delete(`${collection.db}.${collection.name}`);
      collections.set(`${collection.db}.${name}`, { ...collection, name });
    },
    dropIndex: (collection, name) => {
      const index = collection.indexes.find(({ spec }) => spec.name === name);
      if (!index) throw new Failure(27, `index not found with name [${name}]`);
      dropTable(index.table);
      file.prepare('DELETE FROM indexes WHERE id = ?').run(index.id);
      collection.indexes = collection.indexes.filter((other) => other !== index);
    },
    reload: () => {
      file.forgetStatements();
      collections = readCollections(file);
    },
  };
}
