// One collection in the file: a table of documents in the order they came, and a table of entries for each index.
// Everything here runs inside the transaction of the command that called it.
import { type Doc, maxDocumentBytes, toDoc } from '../bson/bson.ts';
import { Failure } from '../failure.ts';
import type { StoreFile, Value } from '../file.ts';
import { type Columns, type Entries, entriesOf, type Index, keyValueOf } from './index-entries.ts';
import type { LaterEntries } from './many-docs.ts';
import { shellText } from './shell-text.ts';

export interface Collection {
  readonly id: number;
  readonly db: string;
  readonly name: string;
  readonly uuid: Buffer;
  readonly table: string;
  /** The index on _id is the first. */
  indexes: Index[];
}

/** A stored document; `row` is its place in the order of insertion. */
export interface StoredDoc {
  readonly row: number;
  readonly bytes: Buffer;
}

export const namespaceOf = (collection: Collection): string =>
  `${collection.db}.${collection.name}`;

function duplicate(collection: Collection, index: Index, doc: Doc, key: Buffer): Failure {
  const keyValue = keyValueOf(index, doc, key);
  const keyPattern = index.spec.key;
  return new Failure(
    11000,
    `E11000 duplicate key error collection: ${namespaceOf(collection)} index: ${index.spec.name} dup key: ${shellText(keyValue)}`,
    { keyPattern, keyValue },
  );
}

/** Refuses a key that another document has already. */
function refuseDuplicates(
  file: StoreFile,
  collection: Collection,
  index: Index,
  doc: Doc,
  keys: readonly Buffer[],
  row: number,
): void {
  if (!index.unique) return;
  const find = file.prepare(`SELECT 1 FROM ${index.table} WHERE key = ? AND row <> ? LIMIT 1`);
  const taken = keys.find((key) => find.get(key, row) !== undefined);
  if (taken) throw duplicate(collection, index, doc, taken);
}

/** An index remembers that a document had an array on its path. */
export function noteArrays(file: StoreFile, index: Index, { multikey }: Entries): void {
  if (!multikey || index.multikey) return;
  index.multikey = true;
  file.prepare('UPDATE indexes SET multikey = 1 WHERE id = ?').run(index.id);
}

function addEntries(file: StoreFile, index: Index, entries: Entries, row: number): void {
  noteArrays(file, index, entries);
  const add = file.prepare(`INSERT INTO ${index.table} (key, row) VALUES (?, ?)`);
  for (const key of entries.keys) add.run(key, row);
}

function refuseTooLarge(bytes: Buffer): void {
  if (bytes.length > maxDocumentBytes) {
    throw new Failure(
      10334,
      `object to insert too large. size in bytes: ${bytes.length}, max size: ${maxDocumentBytes}`,
    );
  }
}

/**
 * @param later takes the entries of indexes in which keys may repeat; without it they are written at once
 * @throws Failure 11000 before anything is written, 10334 for more than 16 MiB.
 */
export function insertDoc(
  file: StoreFile,
  collection: Collection,
  doc: Doc,
  bytes: Buffer,
  later?: LaterEntries,
): number {
  refuseTooLarge(bytes);
  const columns: Columns = new Map();
  const entries = collection.indexes.map((index) => {
    const found = entriesOf(index, doc, columns);
    refuseDuplicates(file, collection, index, doc, found.keys, -1);
    return found;
  });
  const { lastInsertRowid } = file
    .prepare(`INSERT INTO ${collection.table} (body) VALUES (?)`)
    .run(bytes);
  collection.indexes.forEach((index, i) => {
    const own = entries[i] as Entries;
    if (later && !index.unique) later.add(index, own, lastInsertRowid);
    else addEntries(file, index, own, lastInsertRowid);
  });
  return lastInsertRowid;
}

/** Writes a changed document; only the index entries that differ are touched. */
export function replaceDoc(
  file: StoreFile,
  collection: Collection,
  row: number,
  before: Doc,
  after: Doc,
  bytes: Buffer,
): void {
  refuseTooLarge(bytes);
  const changes = collection.indexes.map((index) => {
    const old = entriesOf(index, before);
    const next = entriesOf(index, after);
    const kept = new Set(next.keys.map((key) => key.toString('latin1')));
    const had = new Set(old.keys.map((key) => key.toString('latin1')));
    const added = next.keys.filter((key) => !had.has(key.toString('latin1')));
    const gone = old.keys.filter((key) => !kept.has(key.toString('latin1')));
    refuseDuplicates(file, collection, index, after, added, row);
    return { index, gone, added: { keys: added, multikey: next.multikey } };
  });
  file.prepare(`UPDATE ${collection.table} SET body = ? WHERE row = ?`).run(bytes, row);
  for (const { index, gone, added } of changes) {
    const remove = file.prepare(`DELETE FROM ${index.table} WHERE key = ? AND row = ?`);
    for (const key of gone) remove.run(key, row);
    addEntries(file, index, added, row);
  }
}

export function deleteDoc(file: StoreFile, collection: Collection, row: number, doc: Doc): void {
  for (const index of collection.indexes) {
    const remove = file.prepare(`DELETE FROM ${index.table} WHERE key = ? AND row = ?`);
    for (const key of entriesOf(index, doc).keys) remove.run(key, row);
  }
  file.prepare(`DELETE FROM ${collection.table} WHERE row = ?`).run(row);
}

/** Fills a new index from the documents that are there. @throws Failure 11000 where they break it. */
export function fillIndex(file: StoreFile, collection: Collection, index: Index): void {
  for (const { row, bytes } of scan(file, collection)) {
    const doc = toDoc(bytes);
    const entries = entriesOf(index, doc);
    refuseDuplicates(file, collection, index, doc, entries.keys, row);
    addEntries(file, index, entries, row);
  }
}

export function countDocs(file: StoreFile, collection: Collection): number {
  const [index] = collection.indexes;
  return Number(file.prepare(`SELECT count(*) FROM ${index?.table}`).get()?.[0] ?? 0);
}

/** Pages grow while documents are small, so that memory stays within a few megabytes. */
const firstPage = 8;
const largestPage = 512;
const pageBytes = 2_000_000;

function nextPage(size: number, bytes: number): number {
  if (bytes > pageBytes) return Math.max(1, size >> 2);
  return Math.min(largestPage, size * 4);
}

/** Reads in pages: nothing stays open in the file between them, so writes may come between. */
function* pages(read: (last: Value[] | undefined, size: number) => Value[][]): Generator<Value[]> {
  let last: Value[] | undefined;
  let size = firstPage;
  while (true) {
    const rows = read(last, size);
    yield* rows;
    if (rows.length < size) return;
    last = rows.at(-1);
    size = nextPage(
      size,
      rows.reduce((sum, row) => sum + (row[1] as Buffer).length, 0),
    );
  }
}

/** Every document in the order of insertion. */
export function* scan(file: StoreFile, collection: Collection): Generator<StoredDoc> {
  const page = file.prepare(
    `SELECT row, body FROM ${collection.table} WHERE row > ? ORDER BY row LIMIT ?`,
  );
  for (const [row, body] of pages((last, size) => page.all((last?.[0] as number) ?? -1, size))) {
    yield { row: row as number, bytes: body as Buffer };
  }
}

/** A stretch of an index: from `low` on, up to but not including `high`. */
export interface Range {
  readonly low: Buffer;
  readonly high: Buffer;
}

/** The documents of a stretch of an index, in its order or the opposite one. */
export function* scanIndex(
  file: StoreFile,
  collection: Collection,
  index: Index,
  range: Range,
  backwards: boolean,
): Generator<StoredDoc> {
  const select = `SELECT i.row, d.body, i.key FROM ${index.table} i CROSS JOIN ${collection.table} d ON d.row = i.row`;
  const order = backwards ? 'ORDER BY i.key DESC, i.row DESC' : 'ORDER BY i.key, i.row';
  const first = file.prepare(`${select} WHERE i.key >= ? AND i.key < ? ${order} LIMIT ?`);
  const further = file.prepare(
    backwards
      ? `${select} WHERE i.key >= ? AND (i.key, i.row) < (?, ?) ${order} LIMIT ?`
      : `${select} WHERE (i.key, i.row) > (?, ?) AND i.key < ? ${order} LIMIT ?`,
  );
  const read = (last: Value[] | undefined, size: number): Value[][] => {
    if (!last) return first.all(range.low, range.high, size);
    const [row, , key] = last as [number, Buffer, Buffer];
    return backwards
      ? further.all(range.low, key, row, size)
      : further.all(key, row, range.high, size);
  };
  for (const [row, body] of pages(read)) yield { row: row as number, bytes: body as Buffer };
}
