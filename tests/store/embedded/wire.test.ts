// The wire protocol byte by byte: what drivers may send beyond what ours does.
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Document, deserialize, serialize } from 'bson';
import { type EmbeddedStore, startEmbeddedStore } from '../../../server/store/embedded/start.ts';
import { silentLog, temporaryFolder } from '../../support/document-stores.ts';

const folder = temporaryFolder();
let store: EmbeddedStore;
let socket: Socket;

beforeAll(async () => {
  store = await startEmbeddedStore({ folder: folder.path, log: silentLog });
  const path = decodeURIComponent(store.uri.slice('mongodb://'.length, store.uri.lastIndexOf('/')));
  socket = connect(path);
  await new Promise((resolve) => socket.once('connect', resolve));
});

afterAll(async () => {
  socket.destroy();
  await store.close();
  folder.remove();
});

const int32 = (number: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(number);
  return bytes;
};

function message(operation: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([int32(16 + body.length), int32(77), int32(0), int32(operation), body]);
}

const body = (command: Document): Buffer => Buffer.concat([Buffer.from([0]), serialize(command)]);

function sequence(name: string, documents: Document[]): Buffer {
  const rest = Buffer.concat([Buffer.from(`${name}\0`), ...documents.map((doc) => serialize(doc))]);
  return Buffer.concat([Buffer.from([1]), int32(4 + rest.length), rest]);
}

/** The next whole reply: its header's fields and its document. */
function reply(
  documentAt: number,
): Promise<{ responseTo: number; operation: number; document: Document }> {
  return new Promise((resolve) => {
    let bytes = Buffer.alloc(0);
    const take = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length < 16 || bytes.length < bytes.readInt32LE(0)) return;
      socket.off('data', take);
      resolve({
        responseTo: bytes.readInt32LE(8),
        operation: bytes.readInt32LE(12),
        document: deserialize(bytes.subarray(documentAt)),
      });
    };
    socket.on('data', take);
  });
}

const messageReply = () => reply(21);

it('answers a first hello by OP_QUERY with OP_REPLY', async () => {
  const answer = reply(36);
  socket.write(
    message(
      2004,
      int32(0),
      Buffer.from('admin.$cmd\0'),
      int32(0),
      int32(-1),
      serialize({ ismaster: 1, helloOk: true }),
    ),
  );

  expect(await answer).toMatchObject({
    responseTo: 77,
    operation: 1,
    document: { ismaster: true, helloOk: true, ok: 1 },
  });
});

it('reads document sequences, before or after the body', async () => {
  const answer = messageReply();
  socket.write(
    message(
      2013,
      int32(0),
      sequence('documents', [{ _id: 1 }, { _id: 2 }]),
      body({ insert: 'c', $db: 'd' }),
    ),
  );

  expect((await answer).document).toMatchObject({ n: 2, ok: 1 });
});

it('reads a message with a checksum', async () => {
  const answer = messageReply();
  socket.write(message(2013, int32(1), body({ ping: 1, $db: 'd' }), int32(0)));

  expect((await answer).document).toMatchObject({ ok: 1 });
});

it('reads messages that come in pieces or together', async () => {
  const ping = message(2013, int32(0), body({ ping: 1, $db: 'd' }));
  const first = messageReply();
  for (const byte of ping) socket.write(Buffer.from([byte]));
  expect((await first).document).toMatchObject({ ok: 1 });

  const silent = message(2013, int32(2), body({ insert: 'c', documents: [{ _id: 3 }], $db: 'd' }));
  const second = messageReply();
  socket.write(Buffer.concat([silent, message(2013, int32(0), body({ count: 'c', $db: 'd' }))]));

  // The insert did not want a reply, and was done first.
  expect((await second).document).toMatchObject({ n: 3 });
});

it('stores documents with _id as their first field', async () => {
  const answer = messageReply();
  socket.write(
    message(
      2013,
      int32(0),
      sequence('documents', [{ b: 1, 2: 'two', _id: 9 }]),
      body({ insert: 'c', $db: 'd' }),
    ),
  );
  await answer;

  const found = messageReply();
  socket.write(message(2013, int32(0), body({ find: 'c', filter: { _id: 9 }, $db: 'd' })));

  const [doc] = (await found).document['cursor'].firstBatch;
  expect(doc).toEqual({ _id: 9, b: 1, 2: 'two' });
});
