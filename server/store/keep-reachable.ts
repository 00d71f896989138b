// Sees to it that the driver finds the store again. Where a server dies, the driver may write to a connection that has
// ended and has not said so yet, and waits for ever for that write: its monitor then never looks for the server again,
// or its pool gives out no connection any more, and no time limit of its own ends either. Then it connects anew. A
// server that is just away is left to the driver.
import { setTimeout as wait } from 'node:timers/promises';
import type { MongoClient } from 'mongodb';
import type { StoreLog } from './embedded/server.ts';

/** How often it is looked at, milliseconds; every answer of the driver's, yes or no, takes less than two of these. */
const lookEvery = 5_000;
/** After so many looks without any sign of life the driver connects anew. */
const patience = 4;

/** How long a driver may take to find a store that was taken over, milliseconds. */
const afterMoving = 2_000;

/** What the driver tells each time its monitor heard from the server, or could not. */
const heard = ['serverHeartbeatSucceeded', 'serverHeartbeatFailed'] as const;

export interface Reachable {
  /** Another process runs the store from now on: a driver that does not find it within a moment connects anew. */
  moved(): void;
  end(): void;
}

/**
 * Counted in looks, so that a computer that slept or was set to another time is no reason.
 * @param every for tests: how often to look, milliseconds
 */
export function keepReachable(client: MongoClient, log: StoreLog, every = lookEvery): Reachable {
  let looksUnheard = 0;
  let looksUnanswered = 0;
  let asking: Promise<void> | undefined;
  let renewing: Promise<void> | undefined;
  let hasEnded = false;
  const hear = (): void => {
    looksUnheard = 0;
  };
  for (const event of heard) client.on(event, hear);

  const ping = (): Promise<boolean> =>
    client
      .db()
      .command({ ping: 1 })
      .then(
        () => true,
        () => false,
      );
  function ask(): void {
    const one = ping().then(() => {
      if (asking === one) asking = undefined;
    });
    asking = one;
    looksUnanswered = 0;
  }
  function connectAnew(why: string): void {
    if (renewing || hasEnded) return;
    log.warn({ why }, 'The driver has lost the store for good; connecting anew');
    renewing = renew(client, log).finally(() => {
      renewing = undefined;
      asking = undefined;
      looksUnheard = 0;
    });
  }
  function look(): void {
    if (renewing) return;
    looksUnheard += 1;
    looksUnanswered += 1;
    if (looksUnheard > patience) connectAnew('the monitor is silent');
    else if (!asking) ask();
    else if (looksUnanswered > patience) connectAnew('no connection is given out');
  }
  async function lookAfterMoving(): Promise<void> {
    const isFound = await Promise.race([ping(), wait(afterMoving, false, { ref: false })]);
    if (!isFound) connectAnew('the store was taken over');
  }
  const timer = setInterval(look, every);
  timer.unref();
  return {
    moved: () => void lookAfterMoving(),
    end() {
      hasEnded = true;
      clearInterval(timer);
      for (const event of heard) client.off(event, hear);
    },
  };
}

/** The same client with connections of its own making, so that whoever holds it goes on with it. */
async function renew(client: MongoClient, log: StoreLog): Promise<void> {
  try {
    await client.close();
    await client.connect();
    log.info({}, 'Connected anew');
  } catch (error) {
    log.error({ err: error }, 'Could not connect anew yet');
  }
}
