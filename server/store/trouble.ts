// Which errors mean that the store cannot be used for now, whatever was asked of it: it does not answer, or its disk
// refuses. What a visitor is told then is left to web/error-pages.ts.
import { setTimeout as wait } from 'node:timers/promises';
import { types } from 'node:util';
import mongoose from 'mongoose';
import type { Store } from './store.ts';

/** `away`: no answer, or none any more; `disk-full` and `disk-fault`: it answers, and can keep nothing. */
export type StoreTrouble = 'away' | 'disk-full' | 'disk-fault';

const outOfDiskSpace = 14031;
/** FileStreamFailed and DataCorruptionDetected. */
const diskFaults: ReadonlySet<unknown> = new Set([39, 387]);
/** A server that is going down, or that takes no writes while its replica set chooses another. */
const notNow: ReadonlySet<unknown> = new Set([91, 189, 10107, 11600, 11602, 13435, 13436]);

const away =
  /^(Mongoose|Mongo)?(ServerSelection|Network|NetworkTimeout|PoolCleared|PoolClearedOnNetwork|NotConnected|TopologyClosed|ConnectionPoolClosed|WaitQueueTimeout|ServerClosed|OperationTimeout|ClientClosed)Error$/;

/** Of a connection that broke while a command was written: the driver hands on the bare error of the socket then. */
const brokenConnection: ReadonlySet<unknown> = new Set(['EPIPE', 'ECONNRESET']);

export class StoreAway extends Error {
  constructor() {
    super('The store does not answer.');
    this.name = 'StoreAway';
  }
}

/** Looks behind errors that wrap another; undefined where the store is well. */
export function storeTroubleOf(error: unknown): StoreTrouble | undefined {
  for (
    let one = error, depth = 0;
    types.isNativeError(one) && depth < 5;
    one = one.cause, depth += 1
  ) {
    const { code } = one as Error & { code?: unknown };
    if (one instanceof StoreAway || away.test(one.name) || notNow.has(code)) return 'away';
    if (brokenConnection.has(code)) return 'away';
    if (code === outOfDiskSpace) return 'disk-full';
    if (diskFaults.has(code)) return 'disk-fault';
  }
  return undefined;
}

/**
 * For what can be done without: fails at once while nobody answers, where the driver would wait for seconds.
 * @throws StoreAway
 */
export function refuseWhileAway({ connection }: Store): void {
  if (connection.readyState !== mongoose.ConnectionStates.connected) throw new StoreAway();
}

/**
 * What the promise gives, unless that takes longer.
 * @throws StoreAway after so many milliseconds
 */
export async function awayAfter<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreAway()), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** How often a step of the start is tried, and the pause between two tries, milliseconds. */
const mostTries = 10;
const pause = 500;

/**
 * Does a step of the start that is safe to repeat again, where the process that ran the embedded store went away in
 * the middle of it: another takes its place within a moment.
 */
export async function againAfterTakeover<T>(step: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await step();
    } catch (error) {
      if (tries === mostTries || storeTroubleOf(error) !== 'away') throw error;
      await wait(pause);
    }
  }
}
