// Many new documents of one command: stored with a few statements, and their index entries in the order of each index.
// Where one of them cannot be stored, the command takes them one by one (collection.ts).
import { type Doc, maxDocumentBytes } from '../bson/bson.ts';
import type { StoreFile } from '../file.ts';
import { type Collection, noteArrays } from './collection.ts';
import { type Columns, type Entries, entriesOf, type Index } from './index-entries.ts';

interface Waiting {
  readonly key: Buffer;
  readonly row: number;
}

/** Entries that wait for the end of a command, so that they are written in the order of the index, many at a time. */
export interface LaterEntries {
  add(index: Index, entries: Entries, row: number): void;
  /** To be called before anything reads these indexes. */
  write(): void;
}

const rowsAtOnce = 64;

export function collectEntries(file: StoreFile): LaterEntries {
  const waiting = new Map<Index, Waiting[]>();
  return {
    add(index, entries, row) {
      noteArrays(file, index, entries);
      let those = waiting.get(index);
      if (!those) {
        those = [];
        waiting.set(index, those);
      }
      for (const key of entries.keys) those.push({ key, row });
    },
    write() {
      for (const [index, those] of waiting) writeInOrder(file, index, those);
      waiting.clear();
    },
  };
}

function writeInOrder(file: StoreFile, index: Index, waiting: Waiting[]): void {
  waiting.sort((one, other) => Buffer.compare(one.key, other.key) || one.row - other.row);
  for (let at = 0; at < waiting.length; at += rowsAtOnce) {
    const part = waiting.slice(at, at + rowsAtOnce);
    const places = part.map(() => '(?, ?)').join(', ');
    file
      .prepare(`INSERT INTO ${index.table} (key, row) VALUES ${places}`)
      .run(...part.flatMap(({ key, row }) => [key, row]));
  }
}

export interface NewDoc {
  readonly doc: Doc;
  readonly bytes: Buffer;
}

/**
 * Stores many new documents with a few statements, in their order.
 * @returns false, with nothing written, where one of them cannot be stored: which one it is, insertDoc tells
 * @throws Failure before anything is written
 */
export function insertDocs(
  file: StoreFile,
  collection: Collection,
  docs: readonly NewDoc[],
): boolean {
  const { indexes, table } = collection;
  if (docs.some(({ bytes }) => bytes.length > maxDocumentBytes)) return false;
  const entries = docs.map(({ doc }) => {
    const columns: Columns = new Map();
    return indexes.map((index) => entriesOf(index, doc, columns));
  });
  for (const [place, index] of indexes.entries()) {
    const keys = entries.flatMap((own) => own[place]?.keys ?? []);
    if (index.unique && !areNew(file, index, keys)) return false;
  }
  const later = collectEntries(file);
  for (let at = 0; at < docs.length; at += rowsAtOnce) {
    const part = docs.slice(at, at + rowsAtOnce);
    const places = part.map(() => '(?)').join(', ');
    const { lastInsertRowid } = file
      .prepare(`INSERT INTO ${table} (body) VALUES ${places}`)
      .run(...part.map(({ bytes }) => bytes));
    // Rows of one statement are numbered one after another.
    const before = lastInsertRowid - part.length;
    for (const [i, own] of entries.slice(at, at + rowsAtOnce).entries()) {
      for (const [place, index] of indexes.entries()) {
        later.add(index, own[place] as Entries, before + i + 1);
      }
    }
  }
  later.write();
  return true;
}

/** Whether no document has one of these keys yet, and no two of them are the same. */
function areNew(file: StoreFile, index: Index, keys: readonly Buffer[]): boolean {
  if (new Set(keys.map((key) => key.toString('latin1'))).size < keys.length) return false;
  for (let at = 0; at < keys.length; at += rowsAtOnce) {
    const part = keys.slice(at, at + rowsAtOnce);
    const places = part.map(() => '?').join(', ');
    const find = file.prepare(`SELECT 1 FROM ${index.table} WHERE key IN (${places}) LIMIT 1`);
    if (find.get(...part) !== undefined) return false;
  }
  return true;
}
