// Brings stored documents forward to the shape of this program, before anything reads them. Of several processes one does
// it and the others wait; cut off, it is begun again by the next one.
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Collection, Db } from 'mongodb';
import type { Connection } from 'mongoose';
import { isDuplicateKey } from '../duplicate-key.ts';
import { StoreUnavailable } from '../store-unavailable.ts';
import { migrations as all, firstSchema, type Migration } from './migrations.ts';
import { marksName, type SchemaMark, schemaMarkId } from './schema-mark.ts';

/** How long a process that went away keeps others from going on, milliseconds. */
const lease = 30_000;
/** How often those that wait look again, milliseconds. */
const pause = 100;

const mark = { _id: schemaMarkId };

/**
 * @returns the migrations that this process carried out; none in a store that is new or of today
 * @throws StoreUnavailable where the documents are of a newer program
 */
export async function migrateStore(
  connection: Connection,
  migrations: readonly Migration[] = all,
): Promise<readonly Migration[]> {
  const db = connection.getClient().db(connection.name);
  const marks = db.collection<SchemaMark>(marksName);
  const newest = migrations.at(-1)?.to ?? firstSchema;
  const done: Migration[] = [];
  for (;;) {
    const version = (await readVersion(marks)) ?? (await firstMark(db, marks, newest));
    if (version > newest) throw new StoreUnavailable(tooNew(version, newest));
    const next = migrations.find(({ to }) => to > version);
    if (!next) return done;
    if (await carryOut(db, marks, version, next)) done.push(next);
    else await wait(pause);
  }
}

const tooNew = (version: number, newest: number): string =>
  `The store was brought forward by a newer Crosswalk (its documents are of shape ${version}, this one knows ${newest}). Start the newer one, or restore a backup from before.`;

const readVersion = async (marks: Collection<SchemaMark>): Promise<number | undefined> =>
  (await marks.findOne(mark))?.version;

/** A store without the mark is empty, and born in the newest shape, or of the first release, which knew no marks. */
async function firstMark(db: Db, marks: Collection<SchemaMark>, newest: number): Promise<number> {
  const version = (await isEmpty(db)) ? newest : firstSchema;
  const at = new Date();
  try {
    await marks.updateOne(
      mark,
      { $setOnInsert: { version, createdAt: at, updatedAt: at } },
      { upsert: true },
    );
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  return (await readVersion(marks)) ?? version;
}

async function isEmpty(db: Db): Promise<boolean> {
  for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray()) {
    if (name.startsWith('system.')) continue;
    if ((await db.collection(name).findOne({}, { projection: { _id: 1 } })) !== null) return false;
  }
  return true;
}

/** @returns false where another process has it in hands, or was faster */
async function carryOut(
  db: Db,
  marks: Collection<SchemaMark>,
  version: number,
  migration: Migration,
): Promise<boolean> {
  const heldBy = randomUUID();
  const until = (): Date => new Date(Date.now() + lease);
  const taken = await marks.updateOne(
    { ...mark, version, $or: [{ heldUntil: null }, { heldUntil: { $lte: new Date() } }] },
    { $set: { heldBy, heldUntil: until() } },
  );
  if (taken.modifiedCount !== 1) return false;
  const keeping = setInterval(() => {
    // Where this fails another process may begin beside this one: each step bears being done twice.
    marks.updateOne({ ...mark, heldBy }, { $set: { heldUntil: until() } }).catch(() => undefined);
  }, lease / 3);
  keeping.unref();
  try {
    await migration.run(db);
    const ended = await marks.updateOne(
      { ...mark, heldBy },
      { $set: { version: migration.to, updatedAt: new Date(), heldBy: null, heldUntil: null } },
    );
    return ended.matchedCount === 1;
  } finally {
    clearInterval(keeping);
    await marks
      .updateOne({ ...mark, heldBy }, { $set: { heldBy: null, heldUntil: null } })
      .catch(() => undefined);
  }
}
