// Stored documents of the first released shape: the application starts on them, shows every page, and leaves them in the
// shape of models/. first-shape.jsonl was written by that first release.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EJSON } from 'bson';
import type { Connection } from 'mongoose';
import mongoose from 'mongoose';
import { pino } from 'pino';
import request from 'supertest';
import { readConfig } from '../../server/config.ts';
import { root } from '../../server/root.ts';
import { startEmbeddedStore } from '../../server/store/embedded/start.ts';
import { migrateStore } from '../../server/store/migrate/migrate-store.ts';
import { type Migration, newestSchema } from '../../server/store/migrate/migrations.ts';
import { openStore } from '../../server/store/open-store.ts';
import { table } from '../access/table.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { silentLog, temporaryFolder } from '../support/document-stores.ts';
import { signInAs } from '../support/sign-in.ts';

interface Line {
  readonly collection: string;
  readonly document: Record<string, unknown>;
}

const lines = readFileSync(join(root, 'tests/store/first-shape.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => EJSON.parse(line, { relaxed: false }) as unknown as Line);

/** A connection to a store in a folder that nobody made anything of yet. */
async function connected<T>(
  folder: string,
  work: (connection: Connection, uri: string) => Promise<T>,
): Promise<T> {
  const store = await startEmbeddedStore({ folder, log: silentLog });
  const connection = mongoose.createConnection(store.uri, { autoIndex: false, autoCreate: false });
  try {
    await connection.asPromise();
    return await work(connection, store.uri);
  } finally {
    await connection.close();
    await store.close();
  }
}

/** Fields that documents of today lack as well, where they say nothing. */
const writtenWithout = new Set(['suggestions.seen']);

/** A field with a default stands in every document, but Mongoose leaves out what is an empty object. */
const isStored = (byDefault: unknown): boolean =>
  byDefault === null ||
  ['string', 'number', 'boolean'].includes(typeof byDefault) ||
  Array.isArray(byDefault);

const putFirstShape = (connection: Connection): Promise<void> =>
  lines.reduce(async (before, { collection, document }) => {
    await before;
    await connection.getClient().db().collection(collection).insertOne(document);
  }, Promise.resolve());

describe('a store of the first release', () => {
  const folder = temporaryFolder();
  let app: TestApp;

  beforeAll(async () => {
    await connected(folder.path, putFirstShape);
    app = await startTestApp({ config: { dataDir: folder.path } });
  });
  afterAll(async () => {
    await app?.close();
    folder.remove();
  });

  it('keeps every document, each in the shape of the models', async () => {
    const { connection } = app.services.store;
    const wanted = new Map<string, number>();
    for (const { collection } of lines) wanted.set(collection, (wanted.get(collection) ?? 0) + 1);
    for (const model of Object.values(connection.models)) {
      const { collectionName } = model.collection;
      const documents = await model.collection.find({}).toArray();
      if (collectionName !== 'marks') {
        expect([collectionName, documents.length]).toEqual([
          collectionName,
          wanted.get(collectionName) ?? 0,
        ]);
      }
      for (const document of documents) {
        await new model(document).validate();
        const lacking = Object.entries(model.schema.paths).filter(
          ([path, { options, isRequired }]) =>
            !path.includes('.') &&
            !writtenWithout.has(`${collectionName}.${path}`) &&
            (isRequired || isStored(options.default)) &&
            !Object.hasOwn(document, path),
        );
        expect([collectionName, lacking.map(([path]) => path)]).toEqual([collectionName, []]);
      }
    }
  });

  it('shows every page', async () => {
    const { cookie } = await signInAs(app, { staff: true });
    const records: [string, string][] = [
      ['/cities/', 'baltimore-md'],
      ['/partners/', 'baltimore-neighborhood-indicators-alliance'],
      ['/groups/', 'code-for-baltimore'],
      ['/staff/waves/', '2026-11'],
      ['/surveys/', '2014-07'],
      ['/staff/outreach/', 'denver-co'],
    ];
    const addresses = Object.values(table)
      .flat()
      .filter((route) => route.startsWith('GET '))
      .map((route) => route.slice('GET '.length))
      .map((path) => {
        const [, slug = ''] = records.find(([part]) => path.includes(part)) ?? [];
        return path.replace(/:(slug|wave|city)\b/, slug);
      })
      .filter((path) => !/[:*]|sign-out/.test(path));
    const failed: string[] = [];
    for (const address of addresses) {
      const { status } = await request(app.app).get(address).set('cookie', cookie);
      if (status >= 500) failed.push(`${address}: ${status}`);
    }
    expect(addresses.length).toBeGreaterThan(60);
    expect(failed).toEqual([]);
    for (const address of [
      '/',
      '/cities/baltimore-md',
      '/groups/code-for-baltimore',
      '/staff/waves/2026-11',
      '/staff/outreach/denver-co',
    ]) {
      const { status } = await request(app.app).get(address).set('cookie', cookie);
      expect([address, status]).toEqual([address, 200]);
    }
  });
});

describe('bringing documents forward', () => {
  const folders: { remove(): void }[] = [];
  afterAll(() => {
    for (const folder of folders) folder.remove();
  });
  const aFolder = (): string => {
    const folder = temporaryFolder();
    folders.push(folder);
    return folder.path;
  };
  const open = (dataDir: string) =>
    openStore(readConfig({ DATA_DIR: dataDir }), pino({ level: 'silent' }));
  const marks = (connection: Connection) =>
    connection.getClient().db().collection<{ _id: string; version: number }>('marks');
  const things = (connection: Connection) => connection.getClient().db().collection('things');

  it('finds nothing to do in a new store, which is born in the newest shape', async () => {
    const folder = aFolder();
    await (await open(folder)).close();
    await connected(folder, async (connection) => {
      expect(await marks(connection).findOne({ _id: 'schema' })).toMatchObject({
        version: newestSchema,
      });
      expect(await migrateStore(connection)).toEqual([]);
    });
  });

  it('is refused in words where the documents are of a newer program', async () => {
    const folder = aFolder();
    await connected(folder, async (connection) => {
      await marks(connection).insertOne({ _id: 'schema', version: newestSchema + 1 });
    });

    await expect(open(folder)).rejects.toThrow(
      /^The store was brought forward by a newer Crosswalk/,
    );
  });

  /** Each step adds one to every document that lacks it, and takes a while. */
  const stepsOf = (ran: number[]): Migration[] =>
    [2, 3].map((to) => ({
      to,
      brings: `step ${to}`,
      run: async (db) => {
        ran.push(to);
        await new Promise((resolve) => setTimeout(resolve, 50));
        await db
          .collection('things')
          .updateMany({ steps: { $ne: to } } as object, { $push: { steps: to } } as object);
      },
    }));

  it('is done by one of several processes that start at once, step by step in order', async () => {
    await connected(aFolder(), async (connection, uri) => {
      await things(connection).insertMany([{ steps: [] }, { steps: [] }]);
      const others = await Promise.all(
        [1, 2].map(() => mongoose.createConnection(uri, { autoIndex: false }).asPromise()),
      );
      const ran: number[] = [];
      const done = await Promise.all(
        [connection, ...others].map((one) => migrateStore(one, stepsOf(ran))),
      );
      await Promise.all(others.map((one) => one.close()));

      expect(ran).toEqual([2, 3]);
      expect(done.flat()).toHaveLength(2);
      const stored = await things(connection).find().toArray();
      expect(stored.map(({ steps }) => steps)).toEqual([
        [2, 3],
        [2, 3],
      ]);
    });
  });

  it('goes on where it was cut off, and does no step twice to a document', async () => {
    await connected(aFolder(), async (connection) => {
      await things(connection).insertMany([{ steps: [] }, { steps: [] }]);
      const ran: number[] = [];
      const [first, second] = stepsOf(ran) as [Migration, Migration];
      const cutOff: Migration = {
        ...second,
        run: async (db) => {
          await db.collection('things').updateOne({}, { $push: { steps: 3 } } as object);
          throw new Error('the power went');
        },
      };

      await expect(migrateStore(connection, [first, cutOff])).rejects.toThrow('the power went');
      expect(await marks(connection).findOne({ _id: 'schema' })).toMatchObject({ version: 2 });
      await migrateStore(connection, [first, second]);

      expect(ran).toEqual([2, 3]);
      const stored = await things(connection).find().toArray();
      expect(stored.map(({ steps }) => steps)).toEqual([
        [2, 3],
        [2, 3],
      ]);
      expect(await marks(connection).findOne({ _id: 'schema' })).toMatchObject({ version: 3 });
    });
  });
});
