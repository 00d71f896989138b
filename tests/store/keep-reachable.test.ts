// The driver comes back to a store it has lost for good: its monitor, or a connection, waits for a write that never ends.

import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { type EmbeddedStore, startEmbeddedStore } from '../../server/store/embedded/start.ts';
import { keepReachable } from '../../server/store/keep-reachable.ts';
import { storeTroubleOf } from '../../server/store/trouble.ts';
import { silentLog, temporaryFolder } from '../support/document-stores.ts';
import { until } from '../support/program.ts';

const folder = temporaryFolder();
let store: EmbeddedStore;

beforeAll(async () => {
  store = await startEmbeddedStore({ folder: folder.path, log: silentLog });
});

afterAll(async () => {
  await store.close();
  folder.remove();
});

/** The part of the driver that brings it into the state in which the death of a server may leave it. */
interface Inside {
  topology: { s: { servers: Map<string, ServerInside> } };
}
interface ServerInside {
  description: { hostAddress: unknown; constructor: new (address: unknown) => unknown };
  monitor: { s: { state: string }; connection: { socket: { destroy(): void } } };
  requestCheck(): void;
  emit(event: string, description: unknown): void;
}

async function openClient(heartbeatFrequencyMS: number): Promise<MongoClient> {
  const client = new MongoClient(store.uri, {
    ...{ serverSelectionTimeoutMS: 1_000, heartbeatFrequencyMS, connectTimeoutMS: 500 },
  });
  await client.connect();
  // The driver looks again at once only where its last look is half a second old.
  await new Promise((resolve) => setTimeout(resolve, 700));
  return client;
}

/** The socket has ended and has not said so yet when a neighbour's end makes the monitor look. */
function loseForGood(client: MongoClient): ServerInside {
  const [server] = (client as unknown as Inside).topology.s.servers.values();
  if (!server) throw new Error('no server');
  server.monitor.connection.socket.destroy();
  server.requestCheck();
  const { description } = server;
  server.emit('descriptionReceived', new description.constructor(description.hostAddress));
  return server;
}

const ping = (client: MongoClient) => client.db().command({ ping: 1 });

it('connects anew where the monitor of the driver waits for ever', async () => {
  const client = await openClient(5_000);
  const lost = loseForGood(client);
  // Left alone, it stays lost well after each of its time limits.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(lost.monitor.s.state).toBe('monitoring');
  await expect(ping(client)).rejects.toThrow('Server selection timed out');

  const reachable = keepReachable(client, silentLog, 200);
  await until(async () => ping(client).then(Boolean, () => false));

  reachable.end();
  await client.close();
}, 60_000);

it('connects anew within a moment where it is told that another process runs the store', async () => {
  const client = await openClient(5_000);
  const lost = loseForGood(client);
  const reachable = keepReachable(client, silentLog, 60_000);

  reachable.moved();
  await until(async () => ping(client).then(Boolean, () => false));

  expect(lost.monitor.s.state).toBe('closed');
  reachable.end();
  await client.close();
}, 60_000);

it('leaves a driver alone that hears from its server', async () => {
  const said: string[] = [];
  const client = await openClient(500);
  const reachable = keepReachable(
    client,
    { ...silentLog, warn: (_details, message) => said.push(message) },
    300,
  );
  reachable.moved();
  await new Promise((resolve) => setTimeout(resolve, 2_500));

  expect(said).toEqual([]);
  reachable.end();
  await client.close();
}, 60_000);

it('knows a server that died in the middle of a command for what it is', async () => {
  const socket = join(folder.path, 'breaking.sock');
  const real = decodeURIComponent(new URL(store.uri).host);
  // Lets everything through until a command is too long for one piece, and breaks off there.
  const relay = createServer((near) => {
    const far = connect(real);
    near.on('error', () => undefined);
    near.on('close', () => far.destroy());
    far.pipe(near);
    near.on('data', (bytes: Buffer) => {
      if (bytes.length >= 65_536) near.destroy();
      else far.write(bytes);
    });
  });
  await new Promise<void>((resolve) => relay.listen(socket, resolve));
  const client = new MongoClient(`mongodb://${encodeURIComponent(socket)}/crosswalk`, {
    serverSelectionTimeoutMS: 5_000,
  });
  await client.connect();
  const long = client
    .db()
    .collection('notes')
    .insertOne({ text: 'x'.repeat(8_000_000) });

  const error: unknown = await long.catch((problem: unknown) => problem);
  expect(storeTroubleOf(error)).toBe('away');
  await client.close();
  relay.close();
});
