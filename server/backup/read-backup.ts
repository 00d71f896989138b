// Reads a backup document by document and believes nothing: what is not whole, not ours or too new is refused in words.
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { newestSchema } from '../store/migrate/migrations.ts';
import {
  documentsIn,
  firstDifference,
  startTally,
  type Tallies,
  type Tally,
  type Tallying,
} from '../store/whole/tally.ts';
import { type End, formatVersion, type Head, parseEntry } from './format.ts';

/** Why a file cannot be restored, for whoever asked for it. */
export class BackupRefused extends Error {}

export interface CheckedBackup {
  readonly head: Head;
  readonly documents: number;
  readonly collections: Tallies;
}

export interface StoredDocument {
  readonly collection: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads the whole file and holds it to its own counts and sums.
 * @throws BackupRefused
 */
export async function checkBackup(path: string): Promise<CheckedBackup> {
  const reading = readBackup(path);
  for (;;) {
    const next = await reading.next();
    if (next.done) return next.value;
  }
}

/**
 * Gives the documents one after another, in memory of a few of them at most. Only its end says that the file is whole:
 * nothing may have been replaced before.
 * @throws BackupRefused
 */
export async function* readBackup(path: string): AsyncGenerator<StoredDocument, CheckedBackup> {
  const tallies: Record<string, Tally> = {};
  let head: Head | undefined;
  let end: End['end'] | undefined;
  let current: { readonly name: string; readonly tally: Tallying } | undefined;
  let number = 0;
  for await (const line of linesOf(path)) {
    number += 1;
    if (!head) {
      head = parseHead(path, line);
      continue;
    }
    if (end) throw damaged(path, `line ${number} comes after the end`);
    const entry = entryOf(path, line, number);
    if ('kind' in entry && entry.kind === 'document') {
      if (!current) throw damaged(path, `line ${number} is a document of no collection`);
      current.tally.add(entry.bytes);
      yield { collection: current.name, bytes: entry.bytes };
      continue;
    }
    if (current) tallies[current.name] = current.tally.end();
    if ('end' in entry) {
      end = entry.end;
    } else {
      if (tallies[entry.name]) throw damaged(path, `line ${number} begins a collection again`);
      current = { name: entry.name, tally: startTally() };
    }
  }
  if (!head) throw refused(path, 'it is empty');
  if (!end) throw damaged(path, 'its end is missing');
  const different = firstDifference(tallies, collectionsOf(path, end));
  if (different !== undefined) {
    throw damaged(path, `“${different}” is not what its count and its checksum say`);
  }
  return { head, documents: documentsIn(tallies), collections: tallies };
}

const refused = (path: string, why: string): BackupRefused =>
  new BackupRefused(`${path} cannot be restored: ${why}. Nothing was changed.`);

const damaged = (path: string, why: string): BackupRefused =>
  refused(path, `it is damaged or cut off (${why})`);

function parseHead(path: string, line: string): Head {
  let head: Partial<Head> | null;
  try {
    head = JSON.parse(line) as Partial<Head> | null;
  } catch {
    head = null;
  }
  if (head?.crosswalk !== 'backup') throw refused(path, 'it is no backup of Crosswalk');
  const { format, schema, madeAt, store } = head;
  if (!Number.isInteger(format) || !Number.isInteger(schema) || typeof madeAt !== 'string') {
    throw damaged(path, 'line 1 says too little');
  }
  if (Number(format) > formatVersion || Number(schema) > newestSchema) {
    throw refused(
      path,
      `it was made by a newer Crosswalk (format ${format}, documents ${schema}; this one knows ${formatVersion} and ${newestSchema})`,
    );
  }
  if (Number(format) < 1 || Number(schema) < 1 || (store !== 'embedded' && store !== 'mongodb')) {
    throw damaged(path, 'line 1 makes no sense');
  }
  return head as Head;
}

function entryOf(path: string, line: string, number: number): ReturnType<typeof parseEntry> {
  try {
    return parseEntry(line);
  } catch {
    throw damaged(path, `line ${number} cannot be read`);
  }
}

function collectionsOf(path: string, end: unknown): Tallies {
  const collections = (end as Partial<End['end']> | null)?.collections;
  if (typeof collections !== 'object' || collections === null) {
    throw damaged(path, 'its end says too little');
  }
  return collections;
}

/** A document of 16 MB, written in the longest way there is. */
const longestLine = 256 * 1024 * 1024;

/** The lines of a gzipped file, without their ends. The last one has an end as well. */
async function* linesOf(path: string): AsyncGenerator<string> {
  const unpacked = createGunzip();
  const reading = pipeline(createReadStream(path), unpacked).catch(() => undefined);
  let pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      let from = 0;
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
        pieces.push(chunk.subarray(from, at));
        yield Buffer.concat(pieces).toString('utf8');
        pieces = [];
        length = 0;
        from = at + 1;
      }
      pieces.push(chunk.subarray(from));
      length += chunk.length - from;
      if (length > longestLine) throw damaged(path, 'a line has no end');
    }
  } catch (error) {
    throw inWords(path, error as NodeJS.ErrnoException);
  } finally {
    unpacked.destroy();
    await reading;
  }
  if (length > 0) throw damaged(path, 'its last line is cut off');
}

function inWords(path: string, error: NodeJS.ErrnoException): Error {
  if (error.code === 'ENOENT') return new BackupRefused(`There is no file ${path}.`);
  if (error.code === 'EISDIR') return refused(path, 'it is a folder');
  if (error.code === 'EACCES') return refused(path, 'this user may not read it');
  if (error.code === 'Z_DATA_ERROR' && /incorrect header check/.test(error.message)) {
    return refused(path, 'it is no backup of Crosswalk');
  }
  if (error.code?.startsWith('Z_')) return damaged(path, 'it cannot be unpacked');
  return error;
}
