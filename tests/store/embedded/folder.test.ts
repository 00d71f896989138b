// The store's folder: who may read it, who may share it, and what is refused when it opens.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import Database from 'libsql';
import { MongoClient } from 'mongodb';
import { noteAsLeft } from '../../../server/store/embedded/left-whole.ts';
import { type EmbeddedStore, startEmbeddedStore } from '../../../server/store/embedded/start.ts';
import { failureOf, silentLog, temporaryFolder } from '../../support/document-stores.ts';

const undo: (() => unknown)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

function newFolder(): string {
  const folder = temporaryFolder();
  undo.push(folder.remove);
  return folder.path;
}

async function start(folder: string): Promise<EmbeddedStore> {
  const store = await startEmbeddedStore({ folder, log: silentLog });
  undo.push(store.close);
  return store;
}

async function connect(uri: string): Promise<MongoClient> {
  const client = await new MongoClient(uri, { serverSelectionTimeoutMS: 3000 }).connect();
  undo.push(() => client.close());
  return client;
}

const socketOf = (store: EmbeddedStore): string =>
  decodeURIComponent(store.uri.slice('mongodb://'.length, store.uri.lastIndexOf('/')));

it('is open to its owner alone', async () => {
  const folder = join(newFolder(), 'data');
  mkdirSync(folder);
  chmodSync(folder, 0o755);

  const store = await start(folder);

  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(socketOf(store)).mode & 0o777).toBe(0o600);
});

it('is joined by who comes second', async () => {
  const folder = newFolder();
  const first = await start(folder);
  const second = await start(folder);

  await (await connect(first.uri)).db('d').collection('c').insertOne({ a: 1 });
  const seen = await (await connect(second.uri)).db('d').collection('c').countDocuments();

  expect([first.joined, second.joined]).toEqual([false, true]);
  expect(seen).toBe(1);
});

it('works where the path is too long for a socket', async () => {
  const folder = join(newFolder(), 'a-long-name-'.repeat(10), 'b'.repeat(80));

  const store = await start(folder);

  const client = await connect(store.uri);
  expect(await client.db('d').command({ ping: 1 })).toMatchObject({ ok: 1 });
  expect((await start(folder)).joined).toBe(true);
});

it('keeps everything over a restart and leaves no socket behind', async () => {
  const folder = newFolder();
  const first = await startEmbeddedStore({ folder, log: silentLog });
  const client = await new MongoClient(first.uri).connect();
  await client.db('d').collection('c').createIndex({ a: 1 }, { unique: true });
  await client.db('d').collection('c').insertOne({ a: 1 });
  await client.close();
  await first.close();

  expect(existsSync(socketOf(first))).toBe(false);
  const second = await start(folder);
  const again = (await connect(second.uri)).db('d').collection('c');
  expect((await failureOf(again.insertOne({ a: 1 }))).code).toBe(11000);
});

it('replaces a socket that a killed process left behind', async () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'store.sock'), '');
  writeFileSync(
    join(folder, 'store.address'),
    JSON.stringify({ socket: join(folder, 'store.sock') }),
  );

  const store = await start(folder);

  expect(store.joined).toBe(false);
});

async function filledFolder(): Promise<string> {
  const folder = newFolder();
  const store = await startEmbeddedStore({ folder, log: silentLog });
  const client = await new MongoClient(store.uri).connect();
  await client
    .db('d')
    .collection('c')
    .insertMany(Array.from({ length: 500 }, () => ({ text: 'x'.repeat(1000) })));
  await client.close();
  await store.close();
  return folder;
}

it('refuses a damaged file in words that name it', async () => {
  const folder = await filledFolder();
  const file = join(folder, 'store.sqlite');
  const bytes = readFileSync(file);
  bytes.fill(0x5a, 4096 * 3, 4096 * 40);
  writeFileSync(file, bytes);

  const { message } = await failureOf(start(folder));

  expect(message).toContain(file);
  expect(message).toContain('is damaged');
});

it('opens a file that was refused as soon as it is put right', async () => {
  const folder = await filledFolder();
  const file = join(folder, 'store.sqlite');
  const whole = readFileSync(file);
  writeFileSync(file, Buffer.from(whole).fill(0x5a, 4096 * 3, 4096 * 40));
  await failureOf(start(folder));
  writeFileSync(file, whole);

  const store = await start(folder);

  expect(store.joined).toBe(false);
  const kept = (await connect(store.uri)).db('d').collection('c');
  expect(await kept.countDocuments()).toBe(500);
});

it('refuses a file that was cut off', async () => {
  const folder = await filledFolder();
  truncateSync(join(folder, 'store.sqlite'), 4096 * 5);

  expect((await failureOf(start(folder))).message).toContain('is damaged');
});

it('is read through only where somebody touched it since it was closed', async () => {
  const folder = await filledFolder();
  const file = join(folder, 'store.sqlite');
  const note = readFileSync(`${file}-left`);
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0x5a, 4096 * 30, 4096 * 40));
  await failureOf(start(folder));
  expect(existsSync(`${file}-left`) && readFileSync(`${file}-left`).equals(note)).toBe(true);

  // As if it had been closed so.
  noteAsLeft(file);
  await start(folder);

  expect(existsSync(`${file}-left`)).toBe(false);
});

it('refuses a file that is no store', async () => {
  const folder = newFolder();
  writeFileSync(
    join(folder, 'store.sqlite'),
    'This is a letter, and a rather long one. '.repeat(100),
  );

  expect((await failureOf(start(folder))).message).toContain('is damaged');
});

it('refuses a file from a newer version', async () => {
  const folder = await filledFolder();
  const database = new Database(join(folder, 'store.sqlite'));
  database.exec('PRAGMA user_version = 99');
  database.close();

  expect((await failureOf(start(folder))).message).toContain('newer version');
});

it('names the folder where the process that has it does not answer', async () => {
  const folder = await filledFolder();
  const database = new Database(join(folder, 'store.sqlite'));
  undo.push(() => database.close());
  database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT');

  const { message } = await failureOf(start(folder));

  expect(message).toContain(folder);
  expect(message).toContain('does not answer');
}, 20_000);

const onLinux = process.platform === 'linux' ? it : it.skip;

onLinux.each([
  ['where no folder can be made', '/proc/crosswalk/data', 'ENOENT'],
  ['below something that is no folder', '/dev/null/data', 'ENOTDIR'],
  ['that is no folder', '/dev/null', 'ENOTDIR'],
])('refuses at once a data folder %s', async (_, folder, code) => {
  expect((await failureOf(start(folder))).code).toBe(code);
});
