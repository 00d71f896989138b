// The one SQLite file: opened by one process at a time, checked, with write-ahead log and every commit on disk.
// It knows rows and bytes; what they mean is the engine's.
import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'libsql';
import { diskTroubleInWords } from './disk-trouble.ts';
import { forgetAsLeft, isAsLeft, noteAsLeft } from './left-whole.ts';

/** Raised with every change of the layout that older programs would misread. */
export const fileVersion = 1;
const applicationId = 0x43574b31;

/** Refused in words; the message is meant for the person who started the program. */
export class StoreRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StoreRefused';
  }
}

/** Thrown where another process has the file open. */
export class StoreInUse extends Error {}

export type Value = string | number | null | Buffer;

/** A prepared statement; rows come as arrays, blobs as Buffers. Never bind anything but the types of Value. */
export interface Statement {
  run(...values: Value[]): { changes: number; lastInsertRowid: number };
  all(...values: Value[]): Value[][];
  get(...values: Value[]): Value[] | undefined;
}

export interface StoreFile {
  readonly path: string;
  /** Prepared once and kept. */
  prepare(sql: string): Statement;
  exec(sql: string): void;
  /** Forgets the kept statements, for when a table of theirs is gone. */
  forgetStatements(): void;
  /** Runs the work as one transaction that is on disk when this returns; what it throws undoes it. Within another it is a part of that. */
  write<T>(work: () => T): T;
  /** Writes all that is in it now to a new file of its own; nothing else happens meanwhile. */
  copyTo(path: string): void;
  /** Folds the log into the file and lets go of it. */
  close(): void;
  /**
   * Puts another store file in the place of this one and closes this one. Whenever it is cut off, the one or the other
   * stands there whole; nobody else gets hold of the old one in between.
   */
  replaceBy(other: string): void;
}

type Connection = InstanceType<typeof Database>;

function isBusy(error: unknown): boolean {
  return /locked|busy/i.test(`${(error as { code?: string }).code} ${(error as Error).message}`);
}

const damaged = (path: string, reason: string): StoreRefused =>
  new StoreRefused(
    `The store file ${path} is damaged (${reason}). Nothing was changed. Put back the newest backup, or move the file away to start empty.`,
  );

/** Takes the file for this process alone; the lock ends with the process, however that ends. */
function take(database: Connection): void {
  database.exec('PRAGMA locking_mode = EXCLUSIVE');
  database.exec('PRAGMA cache_size = -32768');
  // What is erased is overwritten: a page that was given back would keep it for who knows how long.
  database.exec('PRAGMA secure_delete = ON');
  database.exec('BEGIN EXCLUSIVE');
  database.exec('COMMIT');
}

/** From here on the file is written to. */
function begin(database: Connection): void {
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = FULL');
}

/**
 * Folds the log into the file, leaves the lock and closes. The lock is left by hand, because libsql keeps the file
 * open until its prepared statements are collected.
 */
function letGo(database: Connection, whenFolded?: () => void): void {
  const [mode] = database.prepare('PRAGMA journal_mode = DELETE').raw().get() as string[];
  if (mode === 'delete') whenFolded?.();
  database.prepare('PRAGMA locking_mode = NORMAL').raw().get();
  database.prepare('SELECT count(*) FROM sqlite_master').raw().get();
  database.close();
}

/** What was renamed in a folder stays renamed, even where the power fails next. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** The log is folded in first, under the lock: beside the new file a log of the old one would be read as its own. */
function replace(database: Connection, path: string, other: string): void {
  const [mode] = database.prepare('PRAGMA journal_mode = DELETE').raw().get() as string[];
  if (mode !== 'delete') throw new Error(`The log of ${path} could not be folded into it.`);
  renameSync(other, path);
  syncFolder(dirname(path));
  giveUp(database);
}

/**
 * Closes a file that was refused, as it is, and leaves its lock, so that it can be put right and opened again.
 * Of one that a crash left with its log the lock ends with the process: leaving it would fold the log into the file.
 */
function giveUp(database: Connection): void {
  try {
    if (pragma(database, 'journal_mode') === 'wal') database.close();
    else letGo(database);
  } catch {
    // Another process has the lock, or the file is past reading: there is nothing to leave.
    database.close();
  }
}

const pragma = (database: Connection, name: string): unknown =>
  (database.prepare(`PRAGMA ${name}`).raw().get() as unknown[])[0];

/** Refuses a file of somebody else, of a newer version, or damaged; see left-whole.ts for what is not read through. */
function check(database: Connection, path: string): void {
  const version = Number(pragma(database, 'user_version'));
  const application = Number(pragma(database, 'application_id'));
  const tables = database.prepare('SELECT count(*) FROM sqlite_master').raw().get() as number[];
  if (version > fileVersion) {
    throw new StoreRefused(
      `The store file ${path} was written by a newer version of this program (format ${version}, this one knows ${fileVersion}). Start the newer version, or use another data folder.`,
    );
  }
  if (application !== applicationId && (tables[0] ?? 0) > 0) {
    throw new StoreRefused(`The file ${path} is an SQLite file, but not a store of this program.`);
  }
  const verdict = isAsLeft(path) ? 'ok' : pragma(database, 'quick_check(5)');
  if (verdict !== 'ok') throw damaged(path, String(verdict));
}

function layOut(database: Connection): void {
  database.exec(`
    CREATE TABLE IF NOT EXISTS collections (
      id INTEGER PRIMARY KEY AUTOINCREMENT, db TEXT NOT NULL, name TEXT NOT NULL,
      uuid BLOB NOT NULL, UNIQUE (db, name));
    CREATE TABLE IF NOT EXISTS indexes (
      id INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER NOT NULL, name TEXT NOT NULL,
      spec BLOB NOT NULL, multikey INTEGER NOT NULL DEFAULT 0, UNIQUE (collection, name));
    PRAGMA application_id = ${applicationId};
    PRAGMA user_version = ${fileVersion};
  `);
}

function connect(path: string): Connection {
  const database = new Database(path);
  try {
    take(database);
    check(database, path);
    forgetAsLeft(path);
    begin(database);
    layOut(database);
    return database;
  } catch (error) {
    giveUp(database);
    if (error instanceof StoreRefused) throw error;
    if (isBusy(error)) throw new StoreInUse(path);
    const disk = diskTroubleInWords(error, path);
    throw disk ? new StoreRefused(disk) : damaged(path, (error as Error).message);
  }
}

/** Values go in as one array: libsql takes a single Buffer for a set of named parameters, and aborts. */
function statementOf(database: Connection, sql: string): Statement {
  const statement = database.prepare(sql);
  if (statement.reader) statement.raw();
  return {
    run: (...values) =>
      statement.run(values as never) as { changes: number; lastInsertRowid: number },
    all: (...values) => statement.all(values as never) as Value[][],
    get: (...values) => statement.get(values as never) as Value[] | undefined,
  };
}

/** At most so many statements are kept; there are a few for each collection and index. */
const keptStatements = 2000;

/**
 * Opens the store of a folder, made where there is none.
 * @throws StoreRefused where the file is damaged, foreign or from a newer version; StoreInUse where another process has it.
 */
export function openStoreFile(folder: string): StoreFile {
  const path = join(folder, 'store.sqlite');
  const database = connect(path);
  let statements = new Map<string, Statement>();

  const prepare = (sql: string): Statement => {
    const known = statements.get(sql);
    if (known) return known;
    if (statements.size >= keptStatements) statements = new Map();
    const statement = statementOf(database, sql);
    statements.set(sql, statement);
    return statement;
  };

  const write = <T>(work: () => T): T => {
    if (database.inTransaction) return work();
    prepare('BEGIN IMMEDIATE').run();
    try {
      const result = work();
      prepare('COMMIT').run();
      return result;
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK');
      throw error;
    }
  };

  return {
    path,
    prepare,
    write,
    exec: (sql) => {
      database.exec(sql);
    },
    forgetStatements: () => {
      statements = new Map();
    },
    copyTo: (copy) => {
      database.exec(`VACUUM INTO '${copy.replaceAll("'", "''")}'`);
    },
    close: () => {
      statements = new Map();
      letGo(database, () => noteAsLeft(path));
    },
    replaceBy: (other) => {
      statements = new Map();
      replace(database, path, other);
    },
  };
}
