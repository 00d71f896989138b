// Everything in a store replaced at once: it is built aside, checked there, and takes the place of what was.
// Whenever it is cut off, the store is the old one whole or, at the latest after its next start, the new one whole.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { embeddedDatabase, prepareFolder } from '../embedded/address.ts';
import { folderAside, removeLeftAside } from '../embedded/aside.ts';
import { toDoc } from '../embedded/bson/bson.ts';
import { insertDoc } from '../embedded/engine/collection.ts';
import { type Engine, openEngine } from '../embedded/engine/engine.ts';
import { exactDocument } from './exact-document.ts';
import { finishReplacement, planReplacement } from './finish-replacement.ts';
import { isOfReplacement, nameOfWaiting, planName, waitingName } from './replacement-names.ts';
import { openServerSnapshot, type Snapshot, snapshotOf } from './snapshot.ts';

export interface Replacement {
  /** What the store holds now: it stays as it is until the other takes its place. */
  readonly current: Snapshot;
  /** Throws away what was built so far. */
  clear(): Promise<void>;
  /** Adds documents, as the bytes they are, to a collection of the new one. */
  put(collection: string, documents: readonly Uint8Array[]): Promise<void>;
  /** What was built so far, to be read again and checked. */
  built(): Promise<Snapshot>;
  takePlace(): Promise<void>;
  /** Lets go of the store and of what is left aside. */
  close(): Promise<void>;
}

/**
 * For the embedded store in a folder, which is held meanwhile, so that no other process starts on it.
 * @throws StoreInUse where one runs there, StoreRefused where the file there is damaged or foreign
 */
export async function replaceEmbedded(folder: string): Promise<Replacement> {
  prepareFolder(folder);
  const old = openEngine(folder);
  removeLeftAside(folder);
  let isOpen = true;
  const aside = folderAside(folder);
  let next: Engine | undefined;
  const nextEngine = async (): Promise<Engine> => {
    if (next) return next;
    await mkdir(aside, { recursive: true, mode: 0o700 });
    next = openEngine(aside);
    return next;
  };
  const clear = async (): Promise<void> => {
    next?.close();
    next = undefined;
    await rm(aside, { recursive: true, force: true });
  };
  return {
    current: snapshotOf(old),
    clear,
    async put(name, documents) {
      const { catalog, file, write } = await nextEngine();
      write(() => {
        const collection = catalog.ensure(embeddedDatabase, name);
        for (const one of documents) {
          const bytes = Buffer.from(one.buffer, one.byteOffset, one.byteLength);
          insertDoc(file, collection, toDoc(bytes), bytes);
        }
      });
    },
    built: async () => snapshotOf(await nextEngine()),
    async takePlace() {
      (await nextEngine()).close();
      next = undefined;
      old.file.replaceBy(join(aside, 'store.sqlite'));
      isOpen = false;
    },
    async close() {
      await clear();
      if (isOpen) old.close();
      isOpen = false;
    },
  };
}

/** For the database of a connection. Nobody may write to it until the new one has taken its place. */
export async function replaceOnServer(connection: Connection): Promise<Replacement> {
  await finishReplacement(connection);
  const db = connection.getClient().db(connection.name);
  const clear = async (): Promise<void> => {
    const found = await db.listCollections({}, { nameOnly: true }).toArray();
    for (const { name } of found) {
      if (isOfReplacement(name) && name !== planName) await db.dropCollection(name);
    }
  };
  let isDone = false;
  await clear();
  const current = await openServerSnapshot(connection);
  return {
    current,
    clear,
    async put(name, documents) {
      if (documents.length === 0) return;
      await db
        .collection(waitingName(name))
        .insertMany(documents.map(exactDocument), { forceServerObjectId: true });
    },
    built: () =>
      openServerSnapshot(connection, { isShown: isOfReplacement, shownAs: nameOfWaiting }),
    async takePlace() {
      await planReplacement(connection);
      isDone = true;
      await finishReplacement(connection);
    },
    async close() {
      await current.close();
      if (!isDone) await clear();
    },
  };
}
