// What a filter means: equality, ranges, kinds of values, null and missing, arrays and paths.
import { expect, it } from '@jest/globals';
import { Decimal128, type Document, Double, Int32, Long, ObjectId } from 'mongodb';
import { describeStores } from '../../support/document-stores.ts';

const id = new ObjectId('65a000000000000000000001');
const day = new Date('2026-03-12T00:00:00Z');

const documents: Document[] = [
  { _id: 'missing' },
  { _id: 'null', a: null },
  { _id: 'int', a: 5 },
  { _id: 'long', a: Long.fromNumber(5) },
  { _id: 'decimal', a: Decimal128.fromString('5.0') },
  { _id: 'double', a: new Double(5.5) },
  { _id: 'nan', a: Number.NaN },
  { _id: 'text', a: '5' },
  { _id: 'true', a: true },
  { _id: 'id', a: id },
  { _id: 'day', a: day },
  { _id: 'numbers', a: [1, 5, 9] },
  { _id: 'empty', a: [] },
  { _id: 'nulls', a: [null, 1] },
  { _id: 'nested', a: [[5]] },
  { _id: 'doc', a: { b: 1, c: 2 } },
  { _id: 'swapped', a: { c: 2, b: 1 } },
  { _id: 'docs', a: [{ b: 1, c: 3 }, { b: 2 }] },
  { _id: 'city', a: 'Pittsburgh\n' },
];

const cases: [string, Document, string[]][] = [
  ['equality crosses the number types', { a: 5 }, ['int', 'long', 'decimal', 'numbers']],
  ['null means null or missing', { a: null }, ['missing', 'null', 'nulls']],
  ['$exists tells null from missing', { a: { $exists: false } }, ['missing']],
  [
    'a range stays within its kind',
    { a: { $gte: 5 } },
    ['int', 'long', 'decimal', 'double', 'numbers'],
  ],
  ['NaN is in no range but its own', { a: { $lte: Number.NaN } }, ['nan']],
  [
    'the least number includes all numbers',
    { a: { $gte: Number.NEGATIVE_INFINITY, $lt: 5 } },
    ['numbers', 'nulls'],
  ],
  ['text is compared with text', { a: { $lt: 'A' } }, ['text']],
  ['an ObjectId equals itself', { a: id }, ['id']],
  ['a date is compared with dates', { a: { $lte: day } }, ['day']],
  ['an array equals the whole array', { a: [1, 5, 9] }, ['numbers']],
  ['an array equals an element too', { a: [5] }, ['nested']],
  ['$size counts elements', { a: { $size: 0 } }, ['empty']],
  ['$all wants each of them', { a: { $all: [1, 9] } }, ['numbers']],
  ['$elemMatch wants one element for all', { a: { $elemMatch: { $gt: 1, $lt: 9 } } }, ['numbers']],
  ['$elemMatch on documents wants one document', { a: { $elemMatch: { b: 2, c: 3 } } }, []],
  ['separate conditions may meet different elements', { 'a.b': 2, 'a.c': 3 }, ['docs']],
  ['a path goes through arrays of documents', { 'a.b': 1 }, ['doc', 'swapped', 'docs']],
  ['a number in a path is a place in an array', { 'a.1.b': 2 }, ['docs']],
  ['the order of fields counts for equality', { a: { b: 1, c: 2 } }, ['doc']],
  [
    '$in takes values of all kinds',
    { a: { $in: ['5', true, null] } },
    ['missing', 'null', 'nulls', 'text', 'true'],
  ],
  ['$in takes regular expressions', { a: { $in: [/^pitts/i] } }, ['city']],
  ['a dollar in an expression may stand before a last line end', { a: /burgh$/ }, ['city']],
  ['$regex takes options', { a: { $regex: '^PITTS', $options: 'i' } }, ['city']],
  ['$type knows the number types apart', { a: { $type: 'decimal' } }, ['decimal']],
  ['$type of an array', { a: { $type: 'array' } }, ['numbers', 'empty', 'nulls', 'nested', 'docs']],
  [
    '$mod cuts and divides',
    { a: { $mod: [4, 1] } },
    ['int', 'long', 'decimal', 'double', 'numbers', 'nulls'],
  ],
  [
    '$or and $and work together',
    { $or: [{ a: '5' }, { $and: [{ a: true }, { _id: 'true' }] }] },
    ['text', 'true'],
  ],
  ['$nor wants none', { $nor: [{ a: { $exists: true } }] }, ['missing']],
  ['$expr compares fields', { $expr: { $eq: ['$a.b', 1] } }, ['doc', 'swapped']],
  ['$expr tells missing from null', { $expr: { $eq: ['$a', null] } }, ['null']],
];

describeStores('Filters', (store) => {
  it.each(cases)('%s', async (_, filter, wanted) => {
    const collection = await store.filled(documents);

    const found = await collection.find(filter).toArray();

    expect(found.map((doc) => String(doc._id)).sort()).toEqual([...wanted].sort());
  });

  it.each(cases)('%s, and its opposite is all the rest', async (_, filter, wanted) => {
    const collection = await store.filled(documents);

    const rest = await collection.countDocuments({ $nor: [filter] });

    expect(rest).toBe(documents.length - wanted.length);
  });

  it('"a.b": null means an object without b, or none in the way of it', async () => {
    const collection = await store.filled([
      { _id: 'missing' },
      { _id: 'number', a: 4 },
      { _id: 'empty', a: {} },
      { _id: 'null', a: { b: null } },
      { _id: 'text', a: { b: 'hi' } },
      { _id: 'empty array', a: [] },
      { _id: 'values', a: [1, null] },
      { _id: 'some missing', a: [{ b: 3 }, {}] },
      { _id: 'none missing', a: [{ b: 3 }] },
    ]);

    const found = await collection.find({ 'a.b': null }).toArray();

    expect(found.map(({ _id }) => _id)).toEqual([
      'missing',
      'number',
      'empty',
      'null',
      'some missing',
    ]);
  });

  it('sorts by kind first and by value then', async () => {
    const shuffled: Document[] = [...documents].reverse();
    const collection = await store.filled(shuffled.filter(({ a }) => !Array.isArray(a)));

    const found = await collection
      .find({ _id: { $nin: ['missing', 'decimal', 'long'] } as never })
      .sort({ a: 1 })
      .toArray();

    expect(found.map((doc) => String(doc._id))).toEqual([
      'null',
      'nan',
      'int',
      'double',
      'text',
      'city',
      'doc',
      'swapped',
      'id',
      'true',
      'day',
    ]);
  });

  it('sorts an array by its least element going up and its greatest going down', async () => {
    const collection = await store.filled([
      { _id: 'wide', a: [1, 9] },
      { _id: 'narrow', a: [4, 5] },
      { _id: 'empty', a: [] },
      { _id: 'null', a: null },
    ]);

    const up = await collection.find().sort({ a: 1 }).toArray();
    const down = await collection.find().sort({ a: -1 }).toArray();

    expect(up.map(({ _id }) => _id)).toEqual(['empty', 'null', 'wide', 'narrow']);
    expect(down.map(({ _id }) => _id)).toEqual(['wide', 'narrow', 'null', 'empty']);
  });

  it('keeps every number type as it was stored', async () => {
    const collection = await store.filled([
      { i: new Int32(1), d: new Double(1), l: Long.fromNumber(1) },
    ]);
    await collection.updateOne({}, { $set: { other: true } });

    const counts = await Promise.all(
      [{ i: { $type: 'int' } }, { d: { $type: 'double' } }, { l: { $type: 'long' } }].map(
        (filter) => collection.countDocuments(filter),
      ),
    );

    expect(counts).toEqual([1, 1, 1]);
  });

  it('projects by inclusion, exclusion, slices and first matching elements', async () => {
    const collection = await store.filled([
      { a: 1, b: { c: 2, d: 3 }, list: [1, 2, 3], docs: [{ k: 1, v: 2 }, { k: 2 }] },
    ]);
    const project = async (projection: Document): Promise<unknown> =>
      (await collection.find({}, { projection }).toArray())[0];

    expect(await project({ a: 1, 'b.c': 1, _id: 0 })).toEqual({ a: 1, b: { c: 2 } });
    expect(await project({ a: 0, b: 0, docs: 0 })).toEqual({ _id: 0, list: [1, 2, 3] });
    expect(await project({ list: { $slice: -2 }, a: 0, b: 0, docs: 0 })).toEqual({
      _id: 0,
      list: [2, 3],
    });
    expect(await project({ docs: { $elemMatch: { k: 2 } } })).toEqual({ _id: 0, docs: [{ k: 2 }] });
    expect(await project({ 'docs.k': 1, _id: 0 })).toEqual({ docs: [{ k: 1 }, { k: 2 }] });
    expect(await project({ sum: { $add: ['$a', '$b.c'] } })).toEqual({ _id: 0, sum: 3 });
  });
});
