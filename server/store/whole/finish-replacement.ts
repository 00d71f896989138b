// On a server each collection takes its place by itself. Which they are is written down first, so that a process that
// starts after another was cut off in the middle carries it to its end before anybody reads.
import { MongoServerError } from 'mongodb';
import type { Connection } from 'mongoose';
import { isOfReplacement, nameOfWaiting, planName, waitingName } from './replacement-names.ts';

interface Plan {
  readonly _id: 'plan';
  /** The collections that the new one has; all others go. */
  readonly collections: readonly string[];
}

const databaseOf = (connection: Connection) => connection.getClient().db(connection.name);
type Database = ReturnType<typeof databaseOf>;

const namesIn = async (db: Database): Promise<string[]> =>
  (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);

/** From here on the new one stands: what is left to do is done at the next start at the latest. */
export async function planReplacement(connection: Connection): Promise<void> {
  const db = databaseOf(connection);
  const waiting = (await namesIn(db)).filter((name) => isOfReplacement(name) && name !== planName);
  await db
    .collection<Plan>(planName)
    .insertOne(
      { _id: 'plan', collections: waiting.map(nameOfWaiting) },
      { writeConcern: { w: 'majority' } },
    );
}

/** Carries a replacement that was planned to its end. Safe to repeat, also by two processes at once. */
export async function finishReplacement(connection: Connection): Promise<void> {
  const db = databaseOf(connection);
  const plan = await db.collection<Plan>(planName).findOne({ _id: 'plan' });
  if (!plan) return;
  const before = new Set(await namesIn(db));
  for (const name of plan.collections) {
    if (before.has(waitingName(name))) await takePlace(db, name);
  }
  for (const name of await namesIn(db)) {
    const stays = plan.collections.includes(name) || name === planName;
    if (!stays && !name.startsWith('system.')) await db.dropCollection(name);
  }
  await db.dropCollection(planName);
}

const notFound = 26;

async function takePlace(db: Database, name: string): Promise<void> {
  try {
    await db.collection(waitingName(name)).rename(name, { dropTarget: true });
  } catch (error) {
    // Another process was faster.
    if (!(error instanceof MongoServerError) || error.code !== notFound) throw error;
  }
}
