// The driver comes back to a store that died while a command was written: nobody waits for that command for ever.

import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { type EmbeddedStore, startEmbeddedStore } from '../../server/store/embedded/start.ts';
import { mendDriver } from '../../server/store/mend-driver.ts';
import { storeTroubleOf } from '../../server/store/trouble.ts';
import { silentLog, temporaryFolder } from '../support/document-stores.ts';
import { until } from '../support/program.ts';

const folder = temporaryFolder();
let store: EmbeddedStore;

beforeAll(async () => {
  mendDriver();
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
interface Inner {
  socket: { destroy(): void };
}
interface ServerInside {
  description: { hostAddress: unknown; constructor: new (address: unknown) => unknown };
  monitor: { s: { state: string }; connection: Inner };
  pool: { connections: { toArray(): Inner[] } };
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

it('finds the store again where its monitor was about to wait for ever', async () => {
  const client = await openClient(5_000);
  loseForGood(client);

  await until(async () => ping(client).then(Boolean, () => false));

  await client.close();
}, 60_000);

it('fails a command whose connection ended just before it was written', async () => {
  const client = await openClient(5_000);
  const [server] = (client as unknown as Inside).topology.s.servers.values();
  const [connection] = server?.pool.connections.toArray() ?? [];

  connection?.socket.destroy();
  const error: unknown = await ping(client).then(
    () => undefined,
    (problem: unknown) => problem,
  );

  expect(storeTroubleOf(error)).toBe('away');
  await until(async () => ping(client).then(Boolean, () => false));
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
