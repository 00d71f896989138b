// Large and many: documents up to the limit, batches beyond one message, answers in several batches.
import { expect, it } from '@jest/globals';
import type { Document } from 'mongodb';
import { describeStores, failureOf } from '../../support/document-stores.ts';

const mebibyte = 1024 * 1024;

describeStores('Sizes', (store) => {
  it('a document of 15.9 MiB comes back as it was', async () => {
    const collection = store.fresh();
    const text = 'é'.repeat(Math.floor((15.9 * mebibyte) / 2));

    await collection.insertOne({ text });
    await collection.updateOne({}, { $set: { seen: true } });

    const found = await collection.findOne({ seen: true });
    expect(found?.['text'] === text).toBe(true);
  });

  it('refuses what grows beyond 16 MiB, and keeps what was there', async () => {
    const collection = await store.filled([{ list: ['x'.repeat(9 * mebibyte)] }]);

    const failure = await failureOf(
      collection.updateOne({}, { $push: { list: 'y'.repeat(9 * mebibyte) } as Document }),
    );

    expect([10334, 17419, 17420]).toContain(failure.code);
    expect((await collection.findOne())?.['list']).toHaveLength(1);
  });

  it('takes 60 MB at once, in several messages', async () => {
    const collection = store.fresh();
    const documents = Array.from({ length: 60 }, (_, place) => ({
      place,
      text: 'x'.repeat(1_000_000),
    }));

    const { insertedCount } = await collection.insertMany(documents);

    expect(insertedCount).toBe(60);
    let read = 0;
    for await (const doc of collection.find().sort({ place: 1 })) {
      expect(doc['place']).toBe(read);
      read += 1;
    }
    expect(read).toBe(60);
  });

  it('gives many documents in batches, each once and in order', async () => {
    const documents = Array.from({ length: 1000 }, (_, place) => ({ place }));
    const collection = await store.filled(documents);

    const all = await collection.find().toArray();
    const some = await collection
      .find({ place: { $gte: 100 } })
      .batchSize(7)
      .toArray();
    const piped = await collection.aggregate([{ $match: {} }], { batchSize: 50 }).toArray();

    expect(all.map((doc) => doc['place'])).toEqual(documents.map(({ place }) => place));
    expect(some).toHaveLength(900);
    expect(piped).toHaveLength(1000);
  });

  it('skips and limits across batches', async () => {
    const collection = await store.filled(Array.from({ length: 300 }, (_, place) => ({ place })));

    const found = await collection.find().sort({ place: -1 }).skip(5).limit(200).toArray();

    expect([found.length, found[0]?.['place'], found.at(-1)?.['place']]).toEqual([200, 294, 95]);
  });

  it('a cursor goes on while documents are deleted', async () => {
    const collection = await store.filled(Array.from({ length: 300 }, (_, place) => ({ place })));
    const cursor = collection.find({ place: { $gte: 0 } }).batchSize(10);
    await cursor.next();

    await collection.deleteMany({ place: { $gte: 200 } });

    expect((await cursor.toArray()).length).toBeLessThan(300);
  });

  it('a closed cursor is gone', async () => {
    const collection = await store.filled(Array.from({ length: 300 }, (_, place) => ({ place })));
    const { cursor } = await store.db.command({ find: collection.collectionName, batchSize: 5 });

    await store.db.command({ killCursors: collection.collectionName, cursors: [cursor.id] });

    const failure = await failureOf(
      store.db.command({ getMore: cursor.id, collection: collection.collectionName }),
    );
    expect(failure.code).toBe(43);
  });
});
