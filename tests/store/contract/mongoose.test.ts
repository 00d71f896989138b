// The contract as our models use it: through Mongoose.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import mongoose, { type Connection } from 'mongoose';
import { describeStores, failureOf } from '../../support/document-stores.ts';

const schema = new mongoose.Schema(
  {
    slug: { type: String, required: true, unique: true },
    point: { lat: Number, lng: Number },
    topics: [String],
    seen: Date,
  },
  { timestamps: true, strict: 'throw' },
);

describeStores('Mongoose', (store) => {
  let connection: Connection;

  beforeAll(async () => {
    connection = await mongoose.createConnection(store.uri, { dbName: store.dbName }).asPromise();
  });

  afterAll(async () => {
    await connection.close();
  });

  const model = async (name: string) => {
    const made = connection.model(name, schema);
    await made.init();
    return made;
  };

  it('stores, finds, changes and deletes', async () => {
    const Group = await model('Whole');

    await Group.create({ slug: 'a', point: { lat: 1, lng: 2 }, topics: ['maps'] });
    await Group.insertMany([{ slug: 'b' }, { slug: 'c' }]);
    await Group.updateOne({ slug: 'a' }, { $addToSet: { topics: 'data' }, seen: new Date(0) });
    await Group.deleteOne({ slug: 'c' });

    const found = await Group.find({}, { _id: 0, slug: 1, topics: 1, seen: 1 })
      .sort({ slug: 1 })
      .lean();
    expect(found).toEqual([
      { slug: 'a', topics: ['maps', 'data'], seen: new Date(0) },
      { slug: 'b', topics: [] },
    ]);
    expect(await Group.countDocuments({ topics: 'data' })).toBe(1);
    expect(await Group.exists({ slug: 'c' })).toBeNull();
  });

  it('upserts in bulk, and the second time changes nothing', async () => {
    const Group = await model('Bulk');
    const load = () =>
      Group.bulkWrite(
        ['a', 'b'].map((slug) => ({
          updateOne: {
            filter: { slug },
            update: { $setOnInsert: { topics: ['x'] } },
            upsert: true,
            timestamps: false,
          },
        })),
      );

    const first = await load();
    const second = await load();

    expect([first.upsertedCount, second.upsertedCount, second.modifiedCount]).toEqual([2, 0, 0]);
  });

  it('passes a duplicate on with its code', async () => {
    const Group = await model('Twice');
    await Group.create({ slug: 'a' });

    expect((await failureOf(Group.create({ slug: 'a' }))).code).toBe(11000);
  });

  it('saves a document that was read, if nobody else changed it', async () => {
    const Group = await model('Saved');
    await Group.create({ slug: 'a', topics: ['x', 'y'] });

    const group = await Group.findOne({ slug: 'a' }).orFail();
    group.topics.push('z');
    group.set('seen', new Date(1));
    await group.save();

    expect((await Group.findOne({ slug: 'a' }).lean())?.topics).toEqual(['x', 'y', 'z']);
  });
});
