// The stores that the contract is held against: the embedded one always, and the MongoDB server of MONGODB_URI if there is one.
// Each suite gets a database of its own, which is gone afterwards.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { type Collection, type Db, type Document, MongoClient } from 'mongodb';
import { startEmbeddedStore } from '../../server/store/embedded/start.ts';

/** A log that says nothing. */
export const silentLog = { info: () => {}, warn: () => {}, error: () => {} };

/** An empty folder in the system's temporary one, and the way to remove it. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'crosswalk-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

interface Server {
  readonly uri: string;
  close(): Promise<void>;
}

async function startEmbedded(): Promise<Server> {
  const folder = temporaryFolder();
  const store = await startEmbeddedStore({ folder: folder.path, log: silentLog });
  return {
    uri: store.uri,
    close: async () => {
      await store.close();
      folder.remove();
    },
  };
}

const { MONGODB_URI: mongodbUri } = process.env;

const servers: [string, () => Promise<Server>][] = [['the embedded store', startEmbedded]];
if (mongodbUri) servers.push(['MongoDB', async () => ({ uri: mongodbUri, close: async () => {} })]);

/** What a suite works with. */
export interface StoreUnderTest {
  readonly uri: string;
  readonly dbName: string;
  readonly client: MongoClient;
  readonly db: Db;
  /** A collection that no other test uses. */
  fresh(): Collection<Document>;
  /** A fresh collection with these documents; those without an _id are counted from 0. */
  filled(documents: readonly Document[]): Promise<Collection<Document>>;
}

/** Runs a suite against every store. */
export function describeStores(name: string, suite: (store: StoreUnderTest) => void): void {
  describe.each(servers)(`${name} in %s`, (_, start) => {
    const dbName = `contract-${randomBytes(6).toString('hex')}`;
    let server: Server | undefined;
    let client: MongoClient | undefined;
    let made = 0;

    beforeAll(async () => {
      server = await start();
      client = await new MongoClient(server.uri).connect();
    });

    afterAll(async () => {
      await client?.db(dbName).dropDatabase();
      await client?.close();
      await server?.close();
    });

    const started = (): { server: Server; client: MongoClient } => {
      if (!server || !client) throw new Error('The store under test has not started.');
      return { server, client };
    };

    const store: StoreUnderTest = {
      dbName,
      get uri() {
        return started().server.uri;
      },
      get client() {
        return started().client;
      },
      get db() {
        return started().client.db(dbName);
      },
      fresh: () => {
        made += 1;
        return store.db.collection(`things-${made}`);
      },
      filled: async (documents) => {
        const collection = store.fresh();
        await collection.insertMany(documents.map((doc, i) => ({ _id: i, ...doc })) as Document[]);
        return collection;
      },
    };
    suite(store);
  });
}

/** The code and the sentence with which a promise fails. */
export async function failureOf(
  work: Promise<unknown>,
): Promise<{ code: unknown; message: string }> {
  try {
    await work;
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string };
    return { code, message };
  }
  throw new Error('It was expected to fail.');
}
