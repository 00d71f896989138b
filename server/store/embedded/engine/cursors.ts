// Open answers that the client reads in batches. Each has a bound on its batch and ends when nobody reads it.
import { randomBytes } from 'node:crypto';
import { Long } from 'bson';
import { withinTime } from '../bounds.ts';
import { maxDocumentBytes } from '../bson/bson.ts';
import { Failure } from '../failure.ts';

/** One batch and the cursor's number, 0 where everything was given. */
export interface Batch {
  readonly namespace: string;
  readonly id: Long;
  readonly documents: readonly Uint8Array[];
}

export interface Cursors {
  /** Gives the first batch and keeps the rest for later. */
  open(
    namespace: string,
    documents: Iterable<Uint8Array>,
    batchSize: number,
    single: boolean,
    /** For all batches together, milliseconds. */
    patience?: number,
  ): Batch;
  next(namespace: string, id: Long, batchSize: number): Batch;
  /** True where there was such a cursor. */
  kill(id: Long): boolean;
  /** Ends those that nobody has read since the idle time began. */
  killIdle(): void;
  readonly size: number;
}

interface Cursor {
  readonly namespace: string;
  readonly documents: Iterator<Uint8Array>;
  /** A document that did not fit into the last batch. */
  waiting: Uint8Array | undefined;
  lastUsed: number;
  /** What is left of the time that the client gave, milliseconds. */
  patience: number;
}

const idleMs = 10 * 60 * 1000;
const mostCursors = 10_000;

/** One document always fits; after it, the batch ends where a reply of 16 MiB would be exceeded. */
function fill(cursor: Cursor, batchSize: number): { documents: Uint8Array[]; done: boolean } {
  const documents: Uint8Array[] = [];
  let bytes = 0;
  while (batchSize === Number.POSITIVE_INFINITY || documents.length < batchSize) {
    const next = cursor.waiting ?? (cursor.documents.next().value as Uint8Array | undefined);
    cursor.waiting = undefined;
    if (next === undefined) return { documents, done: true };
    if (documents.length > 0 && bytes + next.length > maxDocumentBytes) {
      cursor.waiting = next;
      return { documents, done: false };
    }
    documents.push(next);
    bytes += next.length;
  }
  return { documents, done: false };
}

export function openCursors(now: () => number = Date.now): Cursors {
  const cursors = new Map<string, Cursor>();

  const newId = (): Long => {
    const id = Long.fromBytes([...randomBytes(8)]).shiftRightUnsigned(1);
    return id.isZero() || cursors.has(id.toString()) ? newId() : id;
  };

  const batchOf = (cursor: Cursor, id: Long, batchSize: number, single: boolean): Batch => {
    const began = performance.now();
    const { documents, done } = withinTime(cursor.patience, () => fill(cursor, batchSize));
    cursor.patience -= performance.now() - began;
    const { namespace } = cursor;
    cursor.lastUsed = now();
    if (done || single) {
      cursors.delete(id.toString());
      cursor.documents.return?.();
      return { namespace, id: Long.ZERO, documents };
    }
    cursors.set(id.toString(), cursor);
    return { namespace, id, documents };
  };

  return {
    open: (namespace, documents, batchSize, single, patience = Number.POSITIVE_INFINITY) => {
      if (cursors.size >= mostCursors) throw new Failure(1, 'too many open cursors');
      const cursor = {
        namespace,
        documents: documents[Symbol.iterator](),
        waiting: undefined,
        lastUsed: now(),
        patience,
      };
      return batchOf(cursor, newId(), batchSize, single);
    },
    next: (namespace, id, batchSize) => {
      const cursor = cursors.get(id.toString());
      if (!cursor || cursor.namespace !== namespace) {
        throw new Failure(43, `cursor id ${id.toString()} not found`);
      }
      try {
        return batchOf(cursor, id, batchSize, false);
      } catch (error) {
        cursors.delete(id.toString());
        throw error;
      }
    },
    kill: (id) => cursors.delete(id.toString()),
    killIdle: () => {
      for (const [id, cursor] of cursors) if (cursor.lastUsed < now() - idleMs) cursors.delete(id);
    },
    get size() {
      return cursors.size;
    },
  };
}
