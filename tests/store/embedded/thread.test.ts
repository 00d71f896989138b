// The store in a thread of its own, as the built program runs it: the same promises, and its log arrives.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { built } from '../../../server/root.ts';
import { startEmbeddedStore } from '../../../server/store/embedded/start.ts';
import { failureOf, silentLog, temporaryFolder } from '../../support/document-stores.ts';

const isBuilt = existsSync(join(built, 'server', 'store-worker.js'));

(isBuilt ? it : it.skip)('a thread keeps the same promises and ends cleanly', async () => {
  const folder = temporaryFolder();
  const warnings: string[] = [];
  const log = { ...silentLog, warn: (_: object, message: string) => warnings.push(message) };

  const store = await startEmbeddedStore({ folder: folder.path, log, thread: true });
  const joined = await startEmbeddedStore({ folder: folder.path, log, thread: true });
  const client = await new MongoClient(store.uri).connect();
  await client
    .db('d')
    .collection('c')
    .insertOne({ _id: 1 } as never);
  const twice = await failureOf(
    client
      .db('d')
      .collection('c')
      .insertOne({ _id: 1 } as never),
  );
  await client.close();
  await joined.close();
  await store.close();
  const again = await startEmbeddedStore({ folder: folder.path, log, thread: false });
  await again.close();
  folder.remove();

  expect(joined.joined).toBe(true);
  expect(twice.code).toBe(11000);
  expect(again.joined).toBe(false);
  expect(warnings).toEqual([]);
});
