// The program that crash.test.ts kills: writes documents of changing size one by one, and says each one's _id once it is acknowledged.
import { writeSync } from 'node:fs';
import { MongoClient } from 'mongodb';
import { startEmbeddedStore } from '../../../server/store/embedded/start.ts';

const [, , folder = '', round = ''] = process.argv;
const log = { info: () => {}, warn: console.error, error: console.error };

const store = await startEmbeddedStore({ folder, log, thread: false });
const client = await new MongoClient(store.uri).connect();
const writings = client
  .db('crash')
  .collection<{ _id: string; key: string; length: number; text: string }>('writings');
await writings.createIndex({ key: 1 }, { unique: true });
for (let i = 0; ; i += 1) {
  const _id = `${round}-${i}`;
  const length = (i * 37) % 400;
  await writings.insertOne({ _id, key: _id, length, text: `${_id} `.repeat(length) });
  writeSync(1, `${_id}\n`);
}
