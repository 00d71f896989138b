// Several writes as one: whenever the program or the store is cut off, all of them are there afterwards, or none.
// A single MongoDB server has no transactions: there they follow one another.

import { calculateObjectSize } from 'bson';
import type { ClientSession, Document } from 'mongodb';
import type { Connection } from 'mongoose';
import type { Store } from './store.ts';

/** Into one collection; found by `q` and changed by `u`, where it is an update. Values go there as they are. */
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

/** @throws MongoDB's error for the first that is refused; in the embedded store and in a replica set nothing is written then. */
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
      await connection.collection(writing.update).bulkWrite(operations, options);
    } else {
      for (const { q } of writing.deletes) {
        await connection.collection(writing.delete).deleteOne(q, options);
      }
    }
  }
}
