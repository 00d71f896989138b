// All that a store holds, to be read document by document as the bytes they are: for backups and for moving.
// Each collection comes in the order of _id, which is the same in every store.
import { rm } from 'node:fs/promises';
import type { Connection } from 'mongoose';
import { embeddedDatabase } from '../embedded/address.ts';
import { scanIndex } from '../embedded/engine/collection.ts';
import { type Engine, openEngine } from '../embedded/engine/engine.ts';
import { marksName } from '../migrate/schema-mark.ts';
import type { Store } from '../store.ts';
import { isOfReplacement } from './replacement-names.ts';

export type StoreKind = 'embedded' | 'mongodb';

export interface Snapshot {
  readonly kind: StoreKind;
  /**
   * True where everything is as it stood at one moment. Else documents may change while they are read, and only
   * reading everything twice tells that they did not.
   */
  readonly isOneMoment: boolean;
  /** Names, in order. */
  readonly collections: readonly string[];
  count(): Promise<number>;
  documents(collection: string): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** True where there are no documents but marks, which a store has from its first start on. */
export async function holdsNothing(snapshot: Snapshot): Promise<boolean> {
  for (const name of snapshot.collections) {
    if (name === marksName) continue;
    for await (const _ of snapshot.documents(name)) return false;
  }
  return true;
}

/** Opens what the store holds now. It runs on meanwhile; of the embedded store a copy is read, made in one step. */
export async function openSnapshot(store: Store): Promise<Snapshot> {
  if (!store.embedded) return openServerSnapshot(store.connection);
  const reply = await store.connection.getClient().db().command({ crosswalkSnapshot: 1 });
  const folder = String(reply['folder']);
  try {
    const engine = openEngine(folder);
    const snapshot = snapshotOf(engine);
    return {
      ...snapshot,
      async close() {
        engine.close();
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Before every key, and after every key, of an index. */
const whole = { low: Buffer.alloc(0), high: Buffer.from([0xff]) };

/** So many documents are read before others have their turn: the embedded file is read without a pause of its own. */
const atOnce = 32;

/** What an engine of this process holds, while nobody writes to it. Closing it is left to whoever opened it. */
export function snapshotOf(engine: Engine): Snapshot {
  const { catalog, file } = engine;
  const own = catalog
    .all()
    .filter(({ db, name }) => db === embeddedDatabase && !isOfReplacement(name))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  return {
    kind: 'embedded',
    isOneMoment: true,
    collections: own.map(({ name }) => name),
    async count() {
      const counts = own.map(({ table }) => file.prepare(`SELECT count(*) FROM ${table}`).get());
      return counts.reduce((sum, row) => sum + Number(row?.[0] ?? 0), 0);
    },
    async *documents(name) {
      const collection = own.find((one) => one.name === name);
      const [byId] = collection?.indexes ?? [];
      if (!collection || !byId) return;
      let read = 0;
      for (const { bytes } of scanIndex(file, collection, byId, whole, false)) {
        yield bytes;
        read += 1;
        if (read % atOnce === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    },
    close: async () => undefined,
  };
}

/**
 * On a replica set or a cluster all is read as it stood at one moment; a single server cannot say that.
 * @param looking at which collections, and under which names; at all that are in use where nothing is said
 */
export async function openServerSnapshot(
  connection: Connection,
  looking: {
    readonly isShown: (name: string) => boolean;
    readonly shownAs: (name: string) => string;
  } = { isShown: (name) => !isOfReplacement(name), shownAs: (name) => name },
): Promise<Snapshot> {
  const client = connection.getClient();
  const db = client.db(connection.name);
  const hello = await db.command({ hello: 1 });
  const isOneMoment = typeof hello['setName'] === 'string' || hello['msg'] === 'isdbgrid';
  const session = isOneMoment ? client.startSession({ snapshot: true }) : undefined;
  const found = await db.listCollections({}, { nameOnly: true }).toArray();
  const names = new Map(
    found
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('system.') && looking.isShown(name))
      .sort()
      .map((name) => [looking.shownAs(name), name]),
  );
  return {
    kind: 'mongodb',
    isOneMoment,
    collections: [...names.keys()],
    async count() {
      const counts = [...names.values()].map((name) =>
        db.collection(name).estimatedDocumentCount(),
      );
      return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
    },
    async *documents(name) {
      const options = { raw: true, ...(session ? { session } : {}) };
      const cursor = db
        .collection(names.get(name) ?? name)
        .find({}, options)
        .sort({ _id: 1 });
      try {
        for await (const bytes of cursor) yield bytes as unknown as Uint8Array;
      } finally {
        await cursor.close();
      }
    },
    async close() {
      await session?.endSession();
    },
  };
}
