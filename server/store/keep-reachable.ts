// Sees to it that the driver finds the store again. Where a server dies, the driver may write to a connection that has
// ended and has not said so yet, and waits for ever for that write: its monitor then never looks for the server again,
// or its pool gives out no connection any more, and no time limit of its own ends either. Then it connects anew. A
// server that is just away is left to the driver.
import type { MongoClient } from 'mongodb';
import type { StoreLog } from './embedded/server.ts';

/** How often it is looked at, milliseconds; every answer of the driver's, yes or no, takes less than two of these. */
const lookEvery = 5_000;
/** After so many looks without any sign of life the driver connects anew. */
const patience = 4;

/** What the driver tells each time its monitor heard from the server, or could not. */
const heard = ['serverHeartbeatSucceeded', 'serverHeartbeatFailed'] as const;

/**
 * Counted in looks, so that a computer that slept or was set to another time is no reason.
 * @param every for tests: how often to look, milliseconds
 * @returns ends it
 */
export function keepReachable(client: MongoClient, log: StoreLog, every = lookEvery): () => void {
  let looksUnheard = 0;
  let looksUnanswered = 0;
  let asking: Promise<void> | undefined;
  let renewing: Promise<void> | undefined;
  const hear = (): void => {
    looksUnheard = 0;
  };
  for (const event of heard) client.on(event, hear);

  function ask(): void {
    const one = client
      .db()
      .command({ ping: 1 })
      .then(
        () => undefined,
        () => undefined,
      )
      .then(() => {
        if (asking === one) asking = undefined;
      });
    asking = one;
    looksUnanswered = 0;
  }
  function look(): void {
    if (renewing) return;
    looksUnheard += 1;
    looksUnanswered += 1;
    if (looksUnheard <= patience && (!asking || looksUnanswered <= patience)) {
      if (!asking) ask();
      return;
    }
    const why = looksUnheard > patience ? 'the monitor is silent' : 'no connection is given out';
    log.warn({ why }, 'The driver has lost the store for good; connecting anew');
    renewing = renew(client, log).finally(() => {
      renewing = undefined;
      asking = undefined;
      looksUnheard = 0;
    });
  }
  const timer = setInterval(look, every);
  timer.unref();
  return () => {
    clearInterval(timer);
    for (const event of heard) client.off(event, hear);
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
