// The engine: the file, what is in it and the open cursors, and the way every command reaches them.
import { type Doc, toBytes, toDoc } from '../bson/bson.ts';
import { Failure } from '../failure.ts';
import { openStoreFile, type StoreFile } from '../file.ts';
import { type Catalog, openCatalog } from './catalog.ts';
import { type Cursors, openCursors } from './cursors.ts';
import { sweepExpired } from './expiry.ts';

export interface Engine {
  readonly file: StoreFile;
  readonly catalog: Catalog;
  readonly cursors: Cursors;
  /** One transaction, on disk when it returns; the catalog follows where it is undone. */
  write<T>(work: () => T): T;
  /** Deletes what has expired, and ends cursors that nobody reads. Returns the number of documents deleted. */
  sweep(now: Date): number;
  close(): void;
}

/** @throws StoreRefused, StoreInUse: see file.ts. */
export function openEngine(folder: string): Engine {
  const file = openStoreFile(folder);
  const catalog = openCatalog(file);
  const cursors = openCursors();
  const write = <T>(work: () => T): T => {
    try {
      return file.write(work);
    } catch (error) {
      catalog.reload();
      throw error;
    }
  };
  return {
    file,
    catalog,
    cursors,
    write,
    sweep: (now) => {
      cursors.killIdle();
      return sweepExpired(file, catalog, write, now);
    },
    close: file.close,
  };
}

/** Both sides of a document, for those who need bytes and fields. */
export const parsed = (bytes: Buffer): { bytes: Buffer; doc: Doc } => {
  try {
    return { bytes, doc: toDoc(bytes) };
  } catch (error) {
    throw new Failure(22, `invalid BSON: ${(error as Error).message}`);
  }
};

export const serialised = (doc: Doc): { bytes: Buffer; doc: Doc } => ({ bytes: toBytes(doc), doc });
