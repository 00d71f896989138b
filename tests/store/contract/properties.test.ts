// Over random documents and filters: an index changes no answer, uniqueness equals a model, and order is one order.
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Decimal128, type Document, Double, Long, ObjectId } from 'mongodb';
import { describeStores } from '../../support/document-stores.ts';

const scalar = fc.oneof(
  fc.constant(null),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(0.5, -0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  fc
    .constantFrom('1', '1.5', '-2', '0.1', '9007199254740993', '1E+400', 'NaN')
    .map((text) => Decimal128.fromString(text)),
  fc
    .constantFrom('2', '9007199254740993', '-9223372036854775808')
    .map((text) => Long.fromString(text)),
  fc.constantFrom(0.1, 9007199254740992, 1).map((number) => new Double(number)),
  fc.constantFrom('', 'a', 'b', 'ab', 'A', 'é', '😀', '\uffff', 'a\0b'),
  fc.boolean(),
  fc.constantFrom(0, 1, -1, 1e12).map((ms) => new Date(ms)),
  fc
    .constantFrom('65a000000000000000000001', '65a000000000000000000002')
    .map((hex) => new ObjectId(hex)),
);

const value = fc.oneof(
  { weight: 5, arbitrary: scalar },
  { weight: 1, arbitrary: fc.record({ x: scalar, y: scalar }, { requiredKeys: [] }) },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  {
    weight: 1,
    arbitrary: fc.array(fc.record({ x: scalar, y: scalar }, { requiredKeys: [] }), {
      maxLength: 2,
    }),
  },
  { weight: 1, arbitrary: fc.array(fc.array(scalar, { maxLength: 2 }), { maxLength: 2 }) },
);

const document: fc.Arbitrary<Document> = fc.record({ a: value, b: value }, { requiredKeys: [] });

const condition = fc.oneof(
  value,
  value.map((v) => ({ $eq: v })),
  fc
    .tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$ne'), scalar)
    .map(([name, v]) => ({ [name]: v })),
  fc.tuple(scalar, scalar).map(([low, high]) => ({ $gte: low, $lt: high })),
  fc.array(value, { maxLength: 3 }).map((list) => ({ $in: list })),
  fc.array(value, { maxLength: 3 }).map((list) => ({ $nin: list })),
  fc.boolean().map((exists) => ({ $exists: exists })),
  scalar.map((v) => ({ $elemMatch: { $gte: v } })),
  fc.constantFrom('number', 'string', 'array', 'null').map((type) => ({ $type: type })),
);

const path = fc.constantFrom('a', 'b', 'a.x', 'a.y', 'b.x', 'a.0', 'a.0.x');
const simple: fc.Arbitrary<Document> = fc
  .tuple(path, condition)
  .map(([name, wanted]) => ({ [name]: wanted }));
const filter: fc.Arbitrary<Document> = fc.oneof(
  simple,
  fc.tuple(simple, simple).map((both) => ({ $and: both })),
  fc.tuple(simple, simple).map((either) => ({ $or: either })),
  fc.tuple(condition, condition).map(([a, b]) => ({ a, b })),
);

const indexes: Document[] = [
  { key: { a: 1 }, name: 'a' },
  { key: { b: -1 }, name: 'b' },
  { key: { a: 1, b: 1 }, name: 'ab' },
  { key: { 'a.x': 1 }, name: 'ax' },
  { key: { 'b.x': -1 }, name: 'bx', sparse: true },
  { key: { b: 1 }, name: 'some', partialFilterExpression: { b: { $gte: 0 } } },
];

const sort = fc.constantFrom<Document | undefined>(
  undefined,
  { a: 1 },
  { a: -1 },
  { b: 1 },
  { a: 1, b: -1 },
  { 'a.x': 1 },
);

describeStores('Over random documents', (store) => {
  it('the answer by an index is the answer by reading all', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(document, { minLength: 1, maxLength: 12 }),
        fc.array(filter, { minLength: 8, maxLength: 8 }),
        sort,
        async (documents, filters, order) => {
          // Two arrays in one compound index are refused, so b is left out where both have one.
          const kept = documents.map((doc) =>
            JSON.stringify(doc['a'] ?? '').includes('[') &&
            JSON.stringify(doc['b'] ?? '').includes('[')
              ? { a: doc['a'] }
              : doc,
          );
          const collection = await store.filled(kept);
          await collection.createIndexes(indexes as never);
          for (const wanted of filters) {
            const find = (hint?: Document) => {
              const cursor = collection.find(wanted, hint ? { hint } : {});
              return (order ? cursor.sort({ ...order, _id: 1 }) : cursor)
                .project({ _id: 1 })
                .toArray();
            };
            const [planned, scanned] = await Promise.all([find(), find({ $natural: 1 })]);
            const ids = (list: Document[]): unknown[] => list.map(({ _id }) => _id);
            if (order) expect(ids(planned)).toEqual(ids(scanned));
            else expect(ids(planned).sort()).toEqual(ids(scanned).sort());
          }
          await collection.drop();
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);

  it('a unique index refuses exactly what a model refuses', async () => {
    const key = fc.oneof(fc.constant(undefined), scalar);
    await fc.assert(
      fc.asyncProperty(fc.array(key, { maxLength: 20 }), fc.boolean(), async (keys, sparse) => {
        const collection = store.fresh();
        await collection.createIndex({ k: 1 }, { unique: true, sparse });
        const taken = new Set<string>();

        for (const k of keys) {
          const name = modelKey(k, sparse);
          const refused = name !== undefined && taken.has(name);
          const outcome = await collection.insertOne(k === undefined ? {} : { k }).then(
            () => 'stored',
            (error) => error.code,
          );
          expect([k, outcome]).toEqual([k, refused ? 11000 : 'stored']);
          if (name !== undefined) taken.add(name);
        }
        await collection.drop();
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});

/** One text for all values that are equal; undefined for what a sparse index leaves out. */
function modelKey(value: unknown, sparse: boolean): string | undefined {
  if (value === undefined) return sparse ? undefined : 'null';
  if (value instanceof Date) return `date ${value.getTime()}`;
  if (value instanceof ObjectId) return `id ${value}`;
  if (value instanceof Decimal128) {
    // 0.1 as a decimal is not the double 0.1; the others here are plain.
    return `number ${value.toString() === '0.1' ? 'decimal 0.1' : value.toString()}`;
  }
  if (value instanceof Double) return `number ${value.value}`;
  if (value instanceof Long) return `number ${value}`;
  if (typeof value === 'number') return `number ${Object.is(value, -0) ? 0 : value}`;
  return `${typeof value} ${String(value)}`.replace('object null', 'null');
}
