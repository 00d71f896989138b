// What only the embedded store promises: no scan where an index helps, expiry on time, and refusals in words.
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Collection, Decimal128, type Document, MongoClient } from 'mongodb';
import { runCommand as runRequest } from '../../../server/store/embedded/commands/run-command.ts';
import { type Engine, openEngine } from '../../../server/store/embedded/engine/engine.ts';
import { type EmbeddedStore, startEmbeddedStore } from '../../../server/store/embedded/start.ts';
import { failureOf, silentLog, temporaryFolder } from '../../support/document-stores.ts';

const folder = temporaryFolder();
let store: EmbeddedStore;
let client: MongoClient;

beforeAll(async () => {
  store = await startEmbeddedStore({ folder: folder.path, log: silentLog });
  client = await new MongoClient(store.uri).connect();
});

afterAll(async () => {
  await client.close();
  await store.close();
  folder.remove();
});

/** A command without a socket between. */
function runCommand(engine: Engine, body: Document): Document {
  const request = {
    id: 1,
    legacy: false,
    body: { ...body, $db: 'd' },
    sequences: new Map(),
    wantsReply: true,
  };
  return runRequest(engine, request, 1, (error) => {
    throw error;
  }).fields;
}

const fresh = (): Collection<Document> => client.db('d').collection(randomBytes(6).toString('hex'));

describe('Plans', () => {
  let things: Collection<Document>;

  beforeAll(async () => {
    things = fresh();
    await things.createIndexes([
      { key: { slug: 1 }, unique: true },
      { key: { city: 1, size: -1 } },
      { key: { tags: 1 } },
      { key: { mail: 1 }, partialFilterExpression: { mail: { $gte: '' } } },
      { key: { old: 1 }, sparse: true },
    ]);
    await things.insertMany(
      Array.from({ length: 1000 }, (_, i) => ({
        slug: `s${i}`,
        city: `c${i % 10}`,
        size: i,
        tags: [i, -i],
        mail: `m${i}`,
        other: i,
      })),
    );
  });

  const cases: [string, Document, Document, number][] = [
    ['equality', { slug: 's500' }, {}, 1],
    ['equality with more to check', { slug: 's500', other: 1 }, {}, 1],
    ['$in', { slug: { $in: ['s1', 's2', 'none'] } }, {}, 2],
    ['_id', { _id: { $in: [] } }, {}, 0],
    ['a range', { slug: { $gte: 's99', $lt: 's991' } }, {}, 2],
    ['two fields', { city: 'c3', size: { $gt: 900 } }, {}, 10],
    ['an order behind equality', { city: 'c3' }, { size: 1 }, 100],
    ['an element of an array', { tags: -7 }, {}, 1],
    ['a value that a partial index holds', { mail: 'm5' }, {}, 1],
    ['$or of indexed fields', { $or: [{ slug: 's1' }, { tags: 9 }] }, {}, 2],
    ['null in an indexed field', { slug: null }, {}, 0],
  ];

  it.each(cases)('do not scan for %s', async (_, filter, sort, examined) => {
    const { executionStats, queryPlanner } = await things
      .find(filter)
      .sort(sort as never)
      .explain();

    expect(executionStats.totalDocsExamined).toBe(examined);
    expect(JSON.stringify(queryPlanner.winningPlan)).not.toMatch(/COLLSCAN|SORT/);
  });

  it('an order by an index reads no more than is wanted', async () => {
    const { executionStats } = await things.find().sort({ city: -1, size: 1 }).limit(5).explain();

    expect(executionStats.totalDocsExamined).toBe(5);
  });

  it('scan where an index does not hold all that could match', async () => {
    const plan = async (filter: Document): Promise<string> =>
      JSON.stringify((await things.find(filter).explain()).queryPlanner.winningPlan);

    expect(await plan({ mail: { $ne: 'a' } })).toContain('COLLSCAN');
    expect(await plan({ old: null })).toContain('COLLSCAN');
    expect(await plan({ other: 5 })).toContain('COLLSCAN');
  });
});

describe('Expiry', () => {
  it('deletes what its date has left behind, and nothing else', () => {
    const own = temporaryFolder();
    const engine = openEngine(own.path);
    const now = new Date('2026-03-12T12:00:00Z');
    const at = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);
    const run = (body: Document) => runCommand(engine, body);
    run({ createIndexes: 'c', indexes: [{ key: { at: 1 }, name: 'at', expireAfterSeconds: 60 }] });
    run({
      insert: 'c',
      documents: [
        { _id: 'old', at: at(61) },
        { _id: 'new', at: at(59) },
        { _id: 'text', at: 'yesterday' },
        { _id: 'none' },
        { _id: 'one of them', at: [at(0), at(100)] },
      ],
    });

    expect(engine.sweep(now)).toBe(2);
    expect(run({ count: 'c' })['n']).toBe(3);
    engine.close();
    own.remove();
  });

  it('happens by itself', async () => {
    const own = temporaryFolder();
    const quick = await startEmbeddedStore({ folder: own.path, log: silentLog, sweepMs: 20 });
    const other = await new MongoClient(quick.uri).connect();
    const things = other.db('d').collection('c');
    await things.createIndex({ at: 1 }, { expireAfterSeconds: 0 });
    await things.insertOne({ at: new Date(0) });

    while ((await things.countDocuments()) > 0)
      await new Promise((resolve) => setTimeout(resolve, 10));

    await other.close();
    await quick.close();
    own.remove();
  });
});

describe('Refusals', () => {
  const words = /^the embedded store does not support /;

  const refused: [string, Document][] = [
    ['a collation', { find: 'c', collation: { locale: 'de' } }],
    ['an option that nobody reads', { find: 'c', tailable: true }],
    ['$where', { find: 'c', filter: { $where: 'true' } }],
    ['$text', { find: 'c', filter: { $text: { $search: 'x' } } }],
    ['places on the globe', { find: 'c', filter: { at: { $near: [0, 0] } } }],
    ['$out', { aggregate: 'c', pipeline: [{ $out: 'd' }], cursor: {} }],
    [
      'an expression that is not known to be right',
      { find: 'c', filter: { $expr: { $function: {} } } },
    ],
    ['a text index', { createIndexes: 'c', indexes: [{ key: { a: 'text' }, name: 'a' }] }],
    ['a capped collection', { create: 'capped', capped: true, size: 100 }],
    ['a regular expression of PCRE alone', { find: 'c', filter: { a: { $regex: '(?i)x' } } }],
    ['$bit', { update: 'c', updates: [{ q: {}, u: { $bit: { a: { and: 1 } } } }] }],
    ['a validator', { create: 'v', validator: { a: 1 } }],
  ];

  it.each(refused)('of %s are in words', async (_, command) => {
    const outcome = await client
      .db('d')
      .command(command)
      .then(
        ({ writeErrors }) => ({ message: writeErrors?.[0]?.errmsg, code: writeErrors?.[0]?.code }),
        (error) => error,
      );

    expect(outcome.message).toMatch(words);
    expect(outcome.code).toBe(115);
  });

  it('of unknown commands are those of MongoDB', async () => {
    expect(await failureOf(client.db('d').command({ mapReduce: 'c' }))).toEqual({
      code: 59,
      message: "no such command: 'mapReduce'",
    });
  });

  it('of arithmetic that would not be exact are in words', async () => {
    const things = fresh();
    await things.insertOne({ a: Decimal128.fromString('1.1') });

    expect((await failureOf(things.updateOne({}, { $inc: { a: 1 } }))).message).toMatch(words);
    expect(
      (await failureOf(things.aggregate([{ $group: { _id: null, n: { $sum: '$a' } } }]).toArray()))
        .message,
    ).toMatch(words);
  });

  it('of transactions are in words, and nothing is written', async () => {
    const things = fresh();
    const session = client.startSession();
    session.startTransaction();

    const failure = await failureOf(things.insertOne({ a: 1 }, { session }));
    await session.abortTransaction().catch(() => {});
    await session.endSession();

    expect([20, 263]).toContain(failure.code);
    expect(await things.countDocuments()).toBe(0);
  });

  it('of bytes that are no message end that connection alone', async () => {
    const path = decodeURIComponent(
      store.uri.slice('mongodb://'.length, store.uri.lastIndexOf('/')),
    );
    const socket = connect(path);
    const closed = new Promise((resolve) => socket.once('close', resolve));

    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await closed;

    expect(await client.db('d').command({ ping: 1 })).toMatchObject({ ok: 1 });
  });
});
