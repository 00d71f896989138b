// What indexes promise: uniqueness in every form, expiry, lists; and that they change no answer.
import { describe, expect, it } from '@jest/globals';
import type { Document, MongoBulkWriteError, MongoServerError } from 'mongodb';
import { describeStores, failureOf } from '../../support/document-stores.ts';

describeStores('Indexes', (store) => {
  describe('uniqueness', () => {
    it('refuses a second document with the same value, in the shape of MongoDB', async () => {
      const collection = await store.filled([{ slug: 'tulsa-ok' }]);
      await collection.createIndex({ slug: 1 }, { unique: true });

      const error = (await collection
        .insertOne({ slug: 'tulsa-ok' })
        .catch((failure) => failure)) as MongoServerError;

      expect(error.code).toBe(11000);
      expect(error.message).toBe(
        `E11000 duplicate key error collection: ${store.dbName}.${collection.collectionName} index: slug_1 dup key: { slug: "tulsa-ok" }`,
      );
      expect(error['keyPattern']).toEqual({ slug: 1 });
      expect(error['keyValue']).toEqual({ slug: 'tulsa-ok' });
    });

    it('refuses an _id twice', async () => {
      const collection = await store.filled([{ _id: 'a' }]);

      expect((await failureOf(collection.insertOne({ _id: 'a' } as Document))).code).toBe(11000);
    });

    it('takes 5, 5.0 and null, missing for the same', async () => {
      const collection = await store.filled([{ a: 5 }, { b: 1 }]);
      await collection.createIndex({ a: 1 }, { unique: true });

      expect((await failureOf(collection.insertOne({ a: 5.0 }))).code).toBe(11000);
      expect((await failureOf(collection.insertOne({ a: null }))).code).toBe(11000);
    });

    it('holds for two fields together', async () => {
      const collection = await store.filled([{ wave: '2014-07', partner: 'a' }]);
      await collection.createIndex({ wave: 1, partner: 1 }, { unique: true });

      await collection.insertOne({ wave: '2014-07', partner: 'b' });

      expect((await failureOf(collection.insertOne({ wave: '2014-07', partner: 'b' }))).code).toBe(
        11000,
      );
    });

    it('leaves documents without the field alone where the index is sparse', async () => {
      const collection = await store.filled([{ x: 1 }, { x: 2 }, { a: 1 }]);
      await collection.createIndex({ a: 1 }, { unique: true, sparse: true });

      await collection.insertOne({ x: 3 });

      expect((await failureOf(collection.insertOne({ a: 1 }))).code).toBe(11000);
      expect(await collection.countDocuments({ a: null })).toBe(3);
    });

    it('leaves documents outside its condition alone where the index is partial', async () => {
      const collection = await store.filled([
        { mail: 'a', open: false },
        { mail: 'a', open: true },
      ]);
      await collection.createIndex(
        { mail: 1 },
        { unique: true, partialFilterExpression: { open: true } },
      );

      await collection.insertOne({ mail: 'a', open: false });

      expect((await failureOf(collection.insertOne({ mail: 'a', open: true }))).code).toBe(11000);
      expect(
        (await failureOf(collection.updateMany({ open: false }, { $set: { open: true } }))).code,
      ).toBe(11000);
      expect(await collection.countDocuments({ mail: 'a' })).toBe(3);
    });

    it('holds for each element of an array, but not within one document', async () => {
      const collection = await store.filled([{ tags: ['a', 'a', 'b'] }]);
      await collection.createIndex({ tags: 1 }, { unique: true });

      expect((await failureOf(collection.insertOne({ tags: ['c', 'b'] }))).code).toBe(11000);
    });

    it('frees a value when its document changes or goes', async () => {
      const collection = await store.filled([{ a: 1 }, { a: 2 }]);
      await collection.createIndex({ a: 1 }, { unique: true });

      await collection.updateOne({ a: 1 }, { $set: { a: 3 } });
      await collection.deleteOne({ a: 2 });

      await collection.insertMany([{ a: 1 }, { a: 2 }] as Document[]);
      expect((await collection.distinct('a')).sort()).toEqual([1, 2, 3]);
    });

    it('cannot be promised where it is broken already', async () => {
      const collection = await store.filled([{ a: 1 }, { a: 1 }]);

      expect((await failureOf(collection.createIndex({ a: 1 }, { unique: true }))).code).toBe(
        11000,
      );
      expect((await collection.indexes()).map(({ name }) => name)).toEqual(['_id_']);
    });
  });

  describe('batches', () => {
    it('end at the first refusal where they are ordered', async () => {
      const collection = store.fresh();

      const error = (await collection
        .insertMany([{ _id: 1 }, { _id: 1 }, { _id: 2 }] as Document[])
        .catch((failure) => failure)) as MongoBulkWriteError;

      expect(error.result.insertedCount).toBe(1);
      expect(await collection.countDocuments()).toBe(1);
    });

    it('go on and tell each refusal by its place where they are not', async () => {
      const collection = store.fresh();

      const error = (await collection
        .insertMany([{ _id: 1 }, { _id: 1 }, { _id: 2 }, { _id: 2 }] as Document[], {
          ordered: false,
        })
        .catch((failure) => failure)) as MongoBulkWriteError;

      expect([error.writeErrors].flat().map(({ index, code }) => [index, code])).toEqual([
        [1, 11000],
        [3, 11000],
      ]);
      expect(await collection.countDocuments()).toBe(2);
    });
  });

  describe('the list of indexes', () => {
    it('says what was asked for, and forgets what was dropped', async () => {
      const collection = store.fresh();
      await collection.createIndexes([
        { key: { a: 1, b: -1 } },
        { key: { at: 1 }, expireAfterSeconds: 60, name: 'expiry' },
      ]);

      expect(await collection.indexes()).toEqual([
        { v: 2, key: { _id: 1 }, name: '_id_' },
        { v: 2, key: { a: 1, b: -1 }, name: 'a_1_b_-1' },
        { v: 2, key: { at: 1 }, name: 'expiry', expireAfterSeconds: 60 },
      ]);

      await collection.dropIndex('expiry');
      expect((await collection.indexes()).map(({ name }) => name)).toEqual(['_id_', 'a_1_b_-1']);
    });

    it('takes the same index twice, and refuses another under its name or its key', async () => {
      const collection = store.fresh();
      await collection.createIndex({ a: 1 });

      await collection.createIndex({ a: 1 });

      expect((await failureOf(collection.createIndex({ b: 1 }, { name: 'a_1' }))).code).toBe(86);
      expect((await failureOf(collection.createIndex({ a: 1 }, { name: 'other' }))).code).toBe(85);
      expect((await failureOf(collection.dropIndex('nothing'))).code).toBe(27);
    });

    it('knows the collections and forgets dropped ones', async () => {
      const collection = await store.filled([{ a: 1 }]);
      const names = async (): Promise<string[]> =>
        (await store.db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);

      expect(await names()).toContain(collection.collectionName);
      await collection.drop();
      expect(await names()).not.toContain(collection.collectionName);
    });
  });
});
