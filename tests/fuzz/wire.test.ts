// The embedded store's protocol with anything in it: each message is answered, refused, or ends its own connection alone,
// and what was stored before is there afterwards.
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Binary, Decimal128, Double, deserialize, Long, ObjectId, serialize } from 'bson';
import fc from 'fast-check';
import { type EmbeddedStore, startEmbeddedStore } from '../../server/store/embedded/start.ts';
import { temporaryFolder } from '../support/document-stores.ts';
import { endsLater, givesMemoryBack, runs } from './cases.ts';
import { anyValue, damaged, hostileText } from './hostile.ts';

const folder = temporaryFolder();
const strays: unknown[] = [];
const keepStray = (error: unknown): void => void strays.push(error);
let store: EmbeddedStore;
let path: string;

const log = { info: () => {}, warn: () => {}, error: () => {} };

beforeAll(async () => {
  process.on('uncaughtException', keepStray);
  store = await startEmbeddedStore({ folder: folder.path, log });
  path = decodeURIComponent(store.uri.slice('mongodb://'.length, store.uri.lastIndexOf('/')));
  await ask({ insert: 'kept', documents: [{ _id: 1, text: 'kept' }], $db: 'kept' });
});
afterAll(async () => {
  socket?.destroy();
  await store?.close();
  folder.remove();
  process.off('uncaughtException', keepStray);
});

const int32 = (number: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(number | 0);
  return bytes;
};
const framed = (operation: number, ...parts: Uint8Array[]): Buffer => {
  const rest = Buffer.concat(parts);
  return Buffer.concat([int32(16 + rest.length), int32(7), int32(0), int32(operation), rest]);
};
const message = (command: object): Buffer =>
  framed(2013, int32(0), Buffer.from([0]), serialize(command, { ignoreUndefined: true }));

let socket: Socket | undefined;
async function connected(): Promise<Socket> {
  if (socket && !socket.destroyed) return socket;
  const made = connect(path);
  made.on('error', () => {});
  await new Promise((resolve) => made.once('connect', resolve));
  socket = made;
  return made;
}

/** The reply to some bytes, or null where the connection ends or falls silent. */
async function exchange(bytes: Buffer, mayBeSilent = false): Promise<Buffer | null> {
  const way = await connected();
  const heard = new Promise<Buffer | null>((resolve) => {
    let all = Buffer.alloc(0);
    const end = (answer: Buffer | null): void => {
      way.off('data', take);
      way.off('close', closed);
      resolve(answer);
    };
    const closed = (): void => end(null);
    const take = (chunk: Buffer): void => {
      all = Buffer.concat([all, chunk]);
      if (all.length >= 16 && all.length >= all.readInt32LE(0)) end(all);
    };
    way.on('data', take);
    way.on('close', closed);
    if (mayBeSilent) {
      // Bytes that are still waited for, or a message that wants no reply: a ping on another way tells that all is well.
      setImmediate(() => ping().then(() => end(null)));
    }
  });
  way.write(bytes);
  const answer = await endsLater(heard, 'a message');
  if (mayBeSilent) way.destroy();
  return answer;
}

async function ask(command: object): Promise<Record<string, unknown> | null> {
  const reply = await exchange(message(command));
  return reply ? deserialize(reply.subarray(21)) : null;
}

/** Another client, at the same time. */
function ping(): Promise<void> {
  const way = connect(path);
  return endsLater(
    new Promise((resolve, reject) => {
      way.on('error', reject);
      way.on('data', () => {
        way.destroy();
        resolve();
      });
      way.write(message({ ping: 1, $db: 'admin' }));
    }),
    'a ping',
  );
}

async function isWell(): Promise<void> {
  const found = await ask({ find: 'kept', filter: { _id: 1 }, $db: 'kept' });

  expect(found).toMatchObject({ ok: 1, cursor: { firstBatch: [{ _id: 1, text: 'kept' }] } });
  expect(strays).toEqual([]);
}

const good = [
  message({ ping: 1, $db: 'admin' }),
  message({ insert: 'c', documents: [{ a: 1, b: { c: [1, 'two', null] } }], $db: 'd' }),
  message({ find: 'c', filter: { a: { $gt: 0 } }, sort: { a: -1 }, limit: 3, $db: 'd' }),
  message({
    update: 'c',
    updates: [{ q: { a: 1 }, u: { $set: { a: 2 } }, multi: true }],
    $db: 'd',
  }),
  message({ aggregate: 'c', pipeline: [{ $group: { _id: '$a' } }], cursor: {}, $db: 'd' }),
  framed(
    2004,
    ...[int32(0), Buffer.from('admin.$cmd\0'), int32(0), int32(-1), serialize({ ismaster: 1 })],
  ),
];

const deep = (depth: number, inner: unknown): unknown => {
  let value = inner;
  for (let level = 0; level < depth; level += 1) value = { a: value };
  return value;
};

/** So many documents within each other, as bytes: their lengths first, then their ends. */
function nested(depth: number): Buffer {
  const level = 8;
  const heads = Array.from({ length: depth }, (_, at) =>
    Buffer.concat([int32(5 + (depth - at) * level), Buffer.from('\x030\0')]),
  );
  return Buffer.concat([...heads, int32(5), Buffer.alloc(1 + depth)]);
}

const bsonValue: fc.Arbitrary<unknown> = fc.oneof(
  anyValue,
  fc.constantFrom(
    ...[new ObjectId('0'.repeat(24)), new Double(Number.NaN), Long.MAX_VALUE, Long.MIN_VALUE],
    ...[Decimal128.fromString('1E6000'), Decimal128.fromString('NaN'), new Binary(Buffer.alloc(3))],
    ...[new Date(8.64e15), /a+/i, /(x+x+)+y/, deep(90, 1)],
  ),
);

const operators = [
  ...['$set', '$unset', '$inc', '$mul', '$push', '$pull', '$addToSet', '$pop', '$rename', '$min'],
  ...['$bit', '$currentDate', '$setOnInsert', '$pullAll', '$each', '$slice', '$sort', '$position'],
  ...['$eq', '$gt', '$in', '$nin', '$not', '$and', '$or', '$nor', '$expr', '$regex', '$options'],
  ...['$elemMatch', '$size', '$all', '$exists', '$type', '$mod', '$where', '$text', '$near'],
  ...['$match', '$group', '$project', '$unwind', '$lookup', '$facet', '$limit', '$skip', '$count'],
  ...['$concat', '$add', '$substrCP', '$cond', '$map', '$filter', '$reduce', '$range', '$split'],
  ...['$toInt', '$dateToString', '$let', '$arrayElemAt', '$zip', '$switch', '$function', '$out'],
  ...['a', 'b.c', 'a.0', 'a.$', 'a.$[]', 'a.$[x]', '', '.', '$', '_id', '__proto__'],
];
const tree: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    bsonValue,
    fc.constantFrom('$a', '$$ROOT', '$$x', '$a.b', 1, 0, -1, true),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...operators), hostileText), tie('value'), {
      maxKeys: 3,
    }),
  ),
})).value;

const commandNames = [
  ...['insert', 'update', 'delete', 'find', 'findAndModify', 'aggregate', 'count', 'distinct'],
  ...['getMore', 'killCursors', 'createIndexes', 'dropIndexes', 'listIndexes', 'listCollections'],
  ...['create', 'drop', 'renameCollection', 'explain', 'hello', 'ping', 'buildInfo', 'nothing'],
  ...['endSessions', 'serverStatus', 'dropDatabase', 'listDatabases', 'crosswalkSnapshot'],
];
const argumentNames = [
  ...['filter', 'query', 'sort', 'projection', 'limit', 'skip', 'batchSize', 'singleBatch', 'key'],
  ...['documents', 'updates', 'deletes', 'ordered', 'update', 'remove', 'new', 'upsert', 'fields'],
  ...['pipeline', 'cursor', 'indexes', 'index', 'cursors', 'collection', 'to', 'hint', 'collation'],
  ...['arrayFilters', 'let', 'txnNumber', 'lsid', 'startTransaction', 'writeConcern', 'explain'],
];
const list = (name: string, value: unknown): unknown => {
  if (name === 'updates') return [{ q: {}, u: value, multi: true }];
  if (name === 'deletes') return [{ q: value, limit: 1 }];
  if (name === 'documents' || name === 'pipeline') return Array.isArray(value) ? value : [value];
  if (name === 'indexes') return [{ key: value, name: 'x' }];
  return value;
};
const command = fc
  .tuple(
    fc.constantFrom(...commandNames),
    fc.oneof({ weight: 5, arbitrary: fc.constant('c') }, { weight: 1, arbitrary: bsonValue }),
    fc.array(fc.tuple(fc.constantFrom(...argumentNames), tree, fc.boolean()), { maxLength: 5 }),
  )
  .map(([name, target, given]) => ({
    [name]: target,
    ...Object.fromEntries(
      given.map(([key, value, isPlain]) => [key, isPlain ? value : list(key, value)]),
    ),
    $db: 'd',
  }));

/** What BSON itself cannot write is no message. */
function toMessage(value: object): Buffer | null {
  try {
    return message(value);
  } catch {
    return null;
  }
}

describe('a message', () => {
  it('that is damaged ends its own connection at the most', async () => {
    await givesMemoryBack(async () => {
      await fc.assert(
        fc.asyncProperty(damaged(good), async (bytes) => {
          await exchange(bytes, true);
        }),
        runs(),
      );
      await isWell();
    });
  });

  it('of any bytes behind a right length ends its own connection at the most', async () => {
    const frame = fc
      .tuple(fc.constantFrom(2013, 2013, 2004, 2012, 1, 2010, -1), fc.uint8Array({ maxLength: 80 }))
      .map(([operation, bytes]) => framed(operation, bytes));
    await givesMemoryBack(async () => {
      await fc.assert(
        fc.asyncProperty(frame, async (bytes) => {
          await exchange(bytes, true);
        }),
        runs(),
      );
      await isWell();
    });
  });

  it('with any command and any arguments is answered', async () => {
    await givesMemoryBack(async () => {
      await ask({ insert: 'c', documents: [{ a: [1, { b: 2 }], b: { c: 'x' } }], $db: 'd' });
      await fc.assert(
        fc.asyncProperty(command, async (given) => {
          const bytes = toMessage(given);
          if (!bytes) return;
          const reply = await exchange(bytes);
          // What another reader of BSON takes for wrong ends the connection; the next one is well.
          if (reply) expect([0, 1]).toContain(Number(deserialize(reply.subarray(21))['ok']));
        }),
        runs(),
      );
      await isWell();
    });
  });

  it.each([
    ['insert', 'documents'],
    ['find', 'filter'],
    ['aggregate', 'pipeline'],
    ['update', 'updates'],
  ])(
    'of %s with documents within each other without end is refused or answered',
    async (...names) => {
      for (const depth of [150, 5_000, 30_000]) {
        const [name, argument] = names;
        const field = (type: number, key: string, value: Buffer): Buffer =>
          Buffer.concat([Buffer.from([type]), Buffer.from(`${key}\0`), value]);
        const text = (words: string): Buffer =>
          Buffer.concat([int32(words.length + 1), Buffer.from(`${words}\0`)]);
        const whole = (...parts: Buffer[]): Buffer => {
          const inner = Buffer.concat(parts);
          return Buffer.concat([int32(inner.length + 5), inner, Buffer.alloc(1)]);
        };
        const body = whole(
          field(2, name, text('c')),
          field(4, argument, nested(depth)),
          field(2, '$db', text('d')),
        );
        await exchange(framed(2013, int32(0), Buffer.from([0]), body), true);
      }
      await isWell();
    },
  );

  it('that announces more than is allowed ends its own connection', async () => {
    for (const length of [-1, 0, 15, 48_000_001, 2 ** 31 - 1]) {
      await exchange(Buffer.concat([int32(length), int32(1), int32(0), int32(2013)]), true);
    }
    await isWell();
  });
});
