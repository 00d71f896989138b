// Large and many: documents up to the limit, batches beyond one message, answers in several batches.
import { describe, expect, it } from '@jest/globals';
import type { Collection, Document } from 'mongodb';
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

  /** Twelve documents of 10 MB as one stored one: more than a stage may hold, and little to store. */
  const large: Document = {
    text: 'x'.repeat(10_000_000),
    parts: Array.from({ length: 12 }, (_, n) => n),
  };
  const ran = (code: number) => [code, 292, 16945];

  it.each<[string, readonly number[], Document[]]>([
    ['$sort', ran(292), [{ $sort: { parts: -1 } }, { $count: 'n' }]],
    ['$group', ran(292), [{ $group: { _id: null, all: { $push: '$$ROOT' } } }, { $count: 'n' }]],
    [
      '$group by what is large',
      ran(292),
      [{ $group: { _id: { text: '$text', part: '$parts' } } }, { $count: 'n' }],
    ],
    [
      '$group with the first of each',
      ran(292),
      [{ $group: { _id: '$parts', one: { $first: '$$ROOT' } } }, { $count: 'n' }],
    ],
    ['$facet', [4031700], [{ $facet: { all: [{ $match: {} }] } }, { $count: 'n' }]],
  ])('refuses a %s that holds more than 100 MiB', async (_, codes, stages) => {
    const collection = await store.filled([large]);
    const few = [
      { $unwind: '$parts' },
      { $limit: 3 },
      ...stages.slice(0, -1),
      { $project: { text: 0 } },
    ];

    const failure = await failureOf(
      collection.aggregate([{ $unwind: '$parts' }, ...stages], { allowDiskUse: false }).toArray(),
    );

    expect(codes).toContain(failure.code);
    const left = await collection.aggregate([...few, { $count: 'n' }]).toArray();
    expect(left).toHaveLength(1);
  });

  it('refuses a $lookup that finds more than 100 MiB for one document', async () => {
    const collection = await store.filled([large]);
    const lookup = {
      from: collection.collectionName,
      pipeline: [{ $unwind: '$parts' }],
      as: 'all',
    };

    const failure = await failureOf(
      collection.aggregate([{ $lookup: lookup }, { $project: { n: { $size: '$all' } } }]).toArray(),
    );

    expect(failure.code).toBe(4568);
  });

  it('refuses a result beyond 16 MiB, and values that are more together', async () => {
    const collection = await store.filled([
      { text: 'x'.repeat(9_000_000) },
      { text: 'y'.repeat(9_000_000) },
    ]);

    const grouped = await failureOf(
      collection.aggregate([{ $group: { _id: null, all: { $push: '$text' } } }]).toArray(),
    );
    const doubled = await failureOf(
      collection
        .find()
        .project({ two: ['$text', '$text'] })
        .toArray(),
    );
    const distinct = await failureOf(collection.distinct('text'));

    expect([10334, 17419]).toContain(grouped.code);
    expect([10334, 17419]).toContain(doubled.code);
    expect(distinct.code).toBe(17217);
  });

  it.each([
    ['$range', { $size: { $range: [0, 1_000_000_000] } }],
    [
      '$concatArrays',
      {
        $let: {
          vars: { list: { $range: [0, 4_000_000] } },
          in: { $size: { $concatArrays: ['$$list', '$$list'] } },
        },
      },
    ],
  ])('refuses a list by %s that would not fit', async (_, made) => {
    const collection = await store.filled([{}]);

    const failure = await failureOf(collection.aggregate([{ $project: { n: made } }]).toArray());

    expect([146, 292]).toContain(failure.code);
  });

  it('refuses more than 1000 stages', async () => {
    const collection = await store.filled([{}]);
    const stages = (count: number): Document[] =>
      Array.from({ length: count }, () => ({ $match: {} }));

    expect(await collection.aggregate(stages(900)).toArray()).toHaveLength(1);
    expect((await failureOf(collection.aggregate(stages(1001)).toArray())).code).toBe(7749501);
  });

  describe('a time that is over', () => {
    const many = Array.from({ length: 1500 }, (_, place) => ({ place, half: place % 2 }));
    const slowly = {
      $expr: { $gt: [{ $size: { $map: { input: { $range: [0, 20_000] }, in: '$place' } } }, 0] },
    };

    it.each<[string, (collection: Collection) => Promise<unknown>]>([
      ['find', (collection) => collection.find(slowly).maxTimeMS(20).toArray()],
      ['count', (collection) => collection.countDocuments(slowly, { maxTimeMS: 20 })],
      ['distinct', (collection) => collection.distinct('half', slowly, { maxTimeMS: 20 })],
      [
        'a $lookup of everything for everything',
        (collection) => {
          const lookup = { from: collection.collectionName, pipeline: [], as: 'all' };
          return collection
            .aggregate([{ $lookup: lookup }, { $count: 'n' }], { maxTimeMS: 20 })
            .toArray();
        },
      ],
      [
        'one value that is long in the making',
        (collection) => {
          const pairs = {
            $map: {
              input: { $range: [0, 4000] },
              in: { $map: { input: { $range: [0, 4000] }, in: '$place' } },
            },
          };
          return collection
            .aggregate([{ $limit: 1 }, { $project: { n: { $size: pairs } } }], { maxTimeMS: 20 })
            .toArray();
        },
      ],
      [
        'batches together',
        (collection) => collection.find(slowly).batchSize(2).maxTimeMS(20).toArray(),
      ],
    ])('ends %s', async (_, ask) => {
      const collection = await store.filled(many);

      expect((await failureOf(ask(collection))).code).toBe(50);
    });

    it('ends a write as a whole', async () => {
      const collection = await store.filled(many);
      const update = { q: slowly, u: { $set: { seen: true } }, multi: true };

      const failure = await failureOf(
        store.db.command({ update: collection.collectionName, updates: [update], maxTimeMS: 20 }),
      );

      expect(failure.code).toBe(50);
      expect(await collection.countDocuments({ seen: true })).toBe(0);
    });

    it('must be a number of milliseconds', async () => {
      const collection = await store.filled([{}]);
      const ask = (maxTimeMS: unknown) =>
        failureOf(store.db.command({ find: collection.collectionName, maxTimeMS }));

      expect([2, 51024]).toContain((await ask(-1)).code);
      expect([9, 14]).toContain((await ask('soon')).code);
    });
  });
});
