// What updates make of a document, and what is refused.
import { describe, expect, it } from '@jest/globals';
import type { Document } from 'mongodb';
import { describeStores, failureOf } from '../../support/document-stores.ts';

const results: [string, Document, Document, Document][] = [
  [
    '$set sets and makes documents on the way',
    { a: 1 },
    { $set: { a: 2, 'b.c': 3 } },
    { a: 2, b: { c: 3 } },
  ],
  [
    '$set adds new fields in the order of their names',
    {},
    { $set: { z: 1, b: 2 } },
    { b: 2, z: 1 },
  ],
  [
    '$set fills an array up to a place',
    { a: [1] },
    { $set: { 'a.3': 4 } },
    { a: [1, null, null, 4] },
  ],
  [
    '$unset removes, and leaves null in an array',
    { a: 1, b: [1, 2] },
    { $unset: { a: '', 'b.0': '' } },
    { b: [null, 2] },
  ],
  ['$inc counts from 0', { a: 1 }, { $inc: { a: 2, b: -1 } }, { a: 3, b: -1 }],
  ['$inc grows beyond 32 bits', { a: 2147483647 }, { $inc: { a: 1 } }, { a: 2147483648 }],
  ['$mul makes 0 of nothing', { a: 3 }, { $mul: { a: 2.5, b: 4 } }, { a: 7.5, b: 0 }],
  [
    '$min and $max compare',
    { a: 5, b: 5 },
    { $min: { a: 3 }, $max: { b: 3, c: 1 } },
    { a: 3, b: 5, c: 1 },
  ],
  [
    '$rename moves',
    { a: 1, b: { c: 2 } },
    { $rename: { a: 'x', 'b.c': 'y' } },
    { b: {}, x: 1, y: 2 },
  ],
  ['$push appends', { a: [1] }, { $push: { a: 2, b: 3 } }, { a: [1, 2], b: [3] }],
  [
    '$push with $each, $position, $sort and $slice',
    { a: [5, 1] },
    { $push: { a: { $each: [3, 9], $sort: -1, $slice: 3 } } },
    { a: [9, 5, 3] },
  ],
  [
    '$push at a position',
    { a: [1, 4] },
    { $push: { a: { $each: [2, 3], $position: 1 } } },
    { a: [1, 2, 3, 4] },
  ],
  [
    '$push sorts documents',
    { a: [{ n: 2 }] },
    { $push: { a: { $each: [{ n: 1 }], $sort: { n: 1 } } } },
    { a: [{ n: 1 }, { n: 2 }] },
  ],
  [
    '$addToSet adds what is new',
    { a: [1, { x: 1 }] },
    { $addToSet: { a: { $each: [{ x: 1 }, 2, 2] } } },
    { a: [1, { x: 1 }, 2] },
  ],
  [
    '$pop takes from either end',
    { a: [1, 2, 3], b: [1, 2, 3] },
    { $pop: { a: 1, b: -1 } },
    { a: [1, 2], b: [2, 3] },
  ],
  [
    '$pull takes by condition',
    { a: [1, 5, 9], b: [{ k: 1 }, { k: 2 }] },
    { $pull: { a: { $gte: 5 }, b: { k: 1 } } },
    { a: [1], b: [{ k: 2 }] },
  ],
  ['$pullAll takes values', { a: [1, 2, 1, 3] }, { $pullAll: { a: [1, 3] } }, { a: [2] }],
  ['$[] changes every element', { a: [1, 2] }, { $inc: { 'a.$[]': 10 } }, { a: [11, 12] }],
  [
    '$setOnInsert does nothing to what is there',
    { a: 1 },
    { $set: { b: 1 }, $setOnInsert: { c: 1 } },
    { a: 1, b: 1 },
  ],
];

describeStores('Updates', (store) => {
  describe('operators', () => {
    it.each(results)('%s', async (_, before, update, after) => {
      const collection = await store.filled([before]);

      await collection.updateOne({}, update);

      const found = await collection.findOne();
      expect(found).toEqual({ _id: 0, ...after });
      expect(Object.keys(found ?? {})).toEqual(['_id', ...Object.keys(after)]);
    });

    it('$currentDate sets a date', async () => {
      const collection = await store.filled([{}]);

      await collection.updateOne({}, { $currentDate: { at: true } });

      expect((await collection.findOne())?.['at']).toBeInstanceOf(Date);
    });

    it('the positional $ changes the element that matched', async () => {
      const collection = await store.filled([{ a: [{ k: 1 }, { k: 2, v: 0 }] }]);

      await collection.updateOne({ 'a.k': 2 }, { $set: { 'a.$.v': 7 } });

      expect((await collection.findOne())?.['a']).toEqual([{ k: 1 }, { k: 2, v: 7 }]);
    });

    it('$[name] changes the elements that its filter names', async () => {
      const collection = await store.filled([{ a: [{ n: 1 }, { n: 5 }, { n: 9 }] }]);

      await collection.updateOne(
        {},
        { $set: { 'a.$[big].seen': true } },
        { arrayFilters: [{ 'big.n': { $gt: 3 } }] },
      );

      expect((await collection.findOne())?.['a']).toEqual([
        { n: 1 },
        { n: 5, seen: true },
        { n: 9, seen: true },
      ]);
    });

    it('a pipeline computes from the document', async () => {
      const collection = await store.filled([{ a: 2, b: 3 }]);

      await collection.updateOne({}, [{ $set: { sum: { $add: ['$a', '$b'] } } }, { $unset: 'a' }]);

      expect(await collection.findOne()).toEqual({ _id: 0, b: 3, sum: 5 });
    });
  });

  describe('counts', () => {
    it('tells matched from modified', async () => {
      const collection = await store.filled([{ a: 1 }, { a: 2 }, { a: 2 }]);

      const outcome = await collection.updateMany({}, { $set: { a: 2 } });

      expect([outcome.matchedCount, outcome.modifiedCount]).toEqual([3, 1]);
    });

    it('changes one document where one was asked for', async () => {
      const collection = await store.filled([{ a: 1 }, { a: 1 }]);

      await collection.updateOne({ a: 1 }, { $set: { a: 2 } });

      expect(await collection.countDocuments({ a: 2 })).toBe(1);
    });
  });

  describe('upserts', () => {
    it('begins with what the filter says by equality', async () => {
      const collection = store.fresh();

      const outcome = await collection.updateOne(
        { slug: 'a', 'in.city': { $eq: 'x' }, n: { $gt: 3 } },
        { $set: { b: 1 }, $setOnInsert: { c: 2 } },
        { upsert: true },
      );

      expect(outcome.upsertedCount).toBe(1);
      expect(await collection.findOne({}, { projection: { _id: 0 } })).toEqual({
        slug: 'a',
        in: { city: 'x' },
        b: 1,
        c: 2,
      });
    });

    it('a replacement keeps the _id and nothing else', async () => {
      const collection = await store.filled([{ a: 1, b: 2 }]);

      await collection.replaceOne({ a: 1 }, { c: 3 });

      expect(await collection.findOne()).toEqual({ _id: 0, c: 3 });
    });
  });

  describe('findAndModify', () => {
    it('gives the document before or after', async () => {
      const collection = await store.filled([{ n: 1 }]);

      const before = await collection.findOneAndUpdate({}, { $inc: { n: 1 } });
      const after = await collection.findOneAndUpdate(
        {},
        { $inc: { n: 1 } },
        { returnDocument: 'after' },
      );

      expect([before?.['n'], after?.['n']]).toEqual([1, 3]);
    });

    it('takes the first in an order, and gives only the wanted fields', async () => {
      const collection = await store.filled([
        { n: 1, x: 1 },
        { n: 3, x: 1 },
        { n: 2, x: 1 },
      ]);

      const taken = await collection.findOneAndDelete(
        {},
        { sort: { n: -1 }, projection: { n: 1, _id: 0 } },
      );

      expect(taken).toEqual({ n: 3 });
      expect(await collection.countDocuments()).toBe(2);
    });

    it('gives null where nothing matched, and the new document of an upsert', async () => {
      const collection = store.fresh();

      const none = await collection.findOneAndUpdate({ a: 1 }, { $set: { b: 1 } });
      const made = await collection.findOneAndReplace(
        { a: 1 },
        { b: 2 },
        { upsert: true, returnDocument: 'after', projection: { _id: 0 } },
      );

      expect(none).toBeNull();
      expect(made).toEqual({ b: 2 });
    });
  });

  const refused: [string, Document, number][] = [
    ['two changes of one place', { $set: { a: 1 }, $inc: { a: 1 } }, 40],
    ['a change below another', { $set: { a: 1, 'a.b': 1 } }, 40],
    ['another _id', { $set: { _id: 9 } }, 66],
    ['a field below a text', { $set: { 'text.b': 1 } }, 28],
    ['adding to a text', { $inc: { text: 1 } }, 14],
    ['adding a text', { $inc: { n: 'x' } }, 14],
    ['an operator that there is not', { $shift: { a: 1 } }, 9],
    ['pushing to a text', { $push: { text: 1 } }, 2],
  ];

  it.each(refused)('refuses %s', async (_, update, code) => {
    const collection = await store.filled([{ text: 'x', n: 1 }]);

    const failure = await failureOf(collection.updateOne({}, update));

    expect(failure.code).toBe(code);
    expect(await collection.findOne()).toEqual({ _id: 0, text: 'x', n: 1 });
  });
});
