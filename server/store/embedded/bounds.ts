// What one command may take: memory for what it holds back, and time. Commands run one after another, each to its end
// without a pause, so that the time that is counted here is always the running command's own.
import { calculateObjectSize } from 'bson';
import { type Doc, maxDocumentBytes, toBytes } from './bson/bson.ts';
import { Failure } from './failure.ts';

/** MongoDB's own bound for what a stage may hold without a disk. */
export const mostHeldBytes = 100 * 1024 * 1024;

/** Adds to what is held; throws what `refuse` makes where that is too much. */
export type Hold = (bytes: number) => void;

export function holdUpTo(most: number, refuse: () => Failure): Hold {
  let held = 0;
  return (bytes) => {
    held += bytes;
    if (held > most) throw refuse();
  };
}

export const sizeOf = (doc: Doc): number => calculateObjectSize(doc, { ignoreUndefined: true });

/** The same of one value: of an unusual kind as the field of a document. */
export function valueSize(value: unknown): number {
  if (typeof value === 'string') return 5 + Buffer.byteLength(value);
  return typeof value === 'number' ? 8 : sizeOf({ '': value });
}

/** A document that a command made, as it is answered. @throws Failure 10334 where it outgrew what a client can read. */
export function resultBytes(doc: Doc): Buffer {
  const bytes = toBytes(doc);
  if (bytes.length > maxDocumentBytes) {
    throw new Failure(
      10334,
      `BSONObj size is invalid: the result has more than ${maxDocumentBytes} bytes`,
    );
  }
  return bytes;
}

const outOfTime = 50;
/** So many documents or values are looked at before the clock is. */
const stride = 64;
let endsAt = Number.POSITIVE_INFINITY;
let looked = 0;

/** Runs the work of a command; within it `checkTime` throws once so many milliseconds are over. */
export function withinTime<Result>(milliseconds: number, work: () => Result): Result {
  const before = endsAt;
  endsAt = Math.min(before, performance.now() + milliseconds);
  try {
    return work();
  } finally {
    endsAt = before;
  }
}

/** To be called for each document that is looked at, and each value that is computed. @throws Failure 50 */
export function checkTime(): void {
  looked += 1;
  if (looked % stride !== 0 || performance.now() <= endsAt) return;
  throw new Failure(outOfTime, 'operation exceeded time limit');
}

/** Time that is up ends the whole command, and not one statement of it. */
export const isOutOfTime = (error: unknown): boolean =>
  error instanceof Failure && error.code === outOfTime;
