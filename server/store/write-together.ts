// Several writes as one: whenever the program or the store is cut off, all of them are there afterwards, or none.
// What depends on the state in which it was read says so in its filter. A single MongoDB server has no transactions:
// there they follow one another, so that what may be refused comes first.

import { calculateObjectSize } from 'bson';
import type { ClientSession, Document } from 'mongodb';
import type { Connection } from 'mongoose';
import { isDuplicateKey } from './duplicate-key.ts';
import type { Store } from './store.ts';

/**
 * Into one collection; found by `q` and changed by `u`, where it is an update. Values go there as they are. Each update
 * that is no upsert, and each delete with a limit, must find a document.
 */
export type Writing =
  | { readonly insert: string; readonly documents: readonly Document[] }
  | {
      readonly update: string;
      readonly updates: readonly {
        readonly q: Document;
        readonly u: Document;
        readonly upsert?: boolean;
      }[];
    }
  | {
      readonly delete: string;
      readonly deletes: readonly { readonly q: Document; readonly limit: 0 | 1 }[];
    };

/** Bytes that go in one piece: what the driver puts into one message. */
const pieceBytes = 8 * 1024 * 1024;

/** Parts of a step of which each stays whole, in pieces that can be written at once. */
export function inPieces<Part>(
  parts: readonly Part[],
  sizeOf: (part: Part) => number = (part) => calculateObjectSize(part as Document),
): Part[][] {
  const pieces: Part[][] = [[]];
  let bytes = 0;
  for (const part of parts) {
    const size = sizeOf(part);
    if (bytes > 0 && bytes + size > pieceBytes) {
      pieces.push([]);
      bytes = 0;
    }
    pieces.at(-1)?.push(part);
    bytes += size;
  }
  return pieces;
}

/**
 * @throws MongoDB's error for the first that is refused or does not find what it changes; in the embedded store and in a
 *   replica set nothing is written then
 */
export async function writeTogether(store: Store, writings: readonly Writing[]): Promise<void> {
  const { connection } = store;
  const { db } = connection;
  if (!db) throw new Error('The store is not connected.');
  if (store.embedded) {
    await db.command({ crosswalkTogether: 1, writings }, { ignoreUndefined: true });
  } else if (await hasTransactions(connection)) {
    await connection
      .getClient()
      .withSession((session) => session.withTransaction(() => each(connection, writings, session)));
  } else await each(connection, writings);
}

/** Whether somebody else wrote between reading and writing: what was to be changed, or what was to be new. */
export const isOvertaken = (error: unknown): boolean =>
  isDuplicateKey(error) || (error instanceof Error && 'code' in error && error.code === conflict);

const conflict = 112;
const mostTries = 5;

/** Reads and writes again where somebody else wrote in between. */
export async function readAgain<Outcome>(readAndWrite: () => Promise<Outcome>): Promise<Outcome> {
  for (let left = mostTries - 1; ; left -= 1) {
    try {
      return await readAndWrite();
    } catch (error) {
      if (left === 0 || !isOvertaken(error)) throw error;
    }
  }
}

async function hasTransactions(connection: Connection): Promise<boolean> {
  const hello = await connection.db?.admin().command({ hello: 1 });
  return hello?.['setName'] !== undefined || hello?.['msg'] === 'isdbgrid';
}

async function each(
  connection: Connection,
  writings: readonly Writing[],
  session?: ClientSession,
): Promise<void> {
  const options = { ignoreUndefined: true, ...(session ? { session } : {}) };
  for (const writing of writings) {
    if ('insert' in writing) {
      await connection.collection(writing.insert).insertMany([...writing.documents], options);
    } else if ('update' in writing) {
      const operations = writing.updates.map(({ q, u, upsert = false }) => ({
        updateOne: { filter: q, update: u, upsert },
      }));
      const collection = connection.collection(writing.update);
      const { matchedCount, upsertedCount } = await collection.bulkWrite(operations, options);
      if (matchedCount + upsertedCount < operations.length) throw foundNothing(writing.update);
    } else {
      const collection = connection.collection(writing.delete);
      for (const { q, limit } of writing.deletes) {
        if (limit === 0) await collection.deleteMany(q, options);
        else if ((await collection.deleteOne(q, options)).deletedCount === 0) {
          throw foundNothing(writing.delete);
        }
      }
    }
  }
}

const foundNothing = (collection: string): Error =>
  Object.assign(new Error(`What was to be changed in ${collection} is not as it was read.`), {
    code: conflict,
  });
