// Pipelines: what each stage makes of its documents.
import { expect, it } from '@jest/globals';
import type { Document } from 'mongodb';
import { describeStores } from '../../support/document-stores.ts';

const groups: Document[] = [
  { _id: 'a', city: 'tulsa-ok', kind: 'brigade', size: 10, topics: ['data', 'maps'] },
  { _id: 'b', city: 'tulsa-ok', kind: 'meetup', size: 5, topics: ['maps'] },
  { _id: 'c', city: 'memphis-tn', kind: 'brigade', size: null, topics: [] },
  { _id: 'd', kind: 'brigade', size: 2.5 },
];

const cases: [string, Document[], Document[]][] = [
  ['$match and $count', [{ $match: { kind: 'brigade' } }, { $count: 'n' }], [{ n: 3 }]],
  ['$count of nothing gives nothing', [{ $match: { kind: 'none' } }, { $count: 'n' }], []],
  [
    '$group counts missing and null together',
    [{ $group: { _id: '$city', n: { $sum: 1 }, size: { $sum: '$size' } } }, { $sort: { _id: 1 } }],
    [
      { _id: null, n: 1, size: 2.5 },
      { _id: 'memphis-tn', n: 1, size: 0 },
      { _id: 'tulsa-ok', n: 2, size: 15 },
    ],
  ],
  [
    '$group by several fields',
    [{ $group: { _id: { kind: '$kind', city: '$city' } } }, { $count: 'n' }],
    [{ n: 4 }],
  ],
  [
    'accumulators',
    [
      { $sort: { _id: 1 } },
      {
        $group: {
          _id: null,
          avg: { $avg: '$size' },
          min: { $min: '$size' },
          max: { $max: '$size' },
          first: { $first: '$_id' },
          last: { $last: '$_id' },
          all: { $push: '$city' },
          kinds: { $addToSet: '$kind' },
        },
      },
      { $unwind: '$kinds' },
      { $sort: { kinds: 1 } },
      { $limit: 1 },
    ],
    [
      {
        _id: null,
        avg: 17.5 / 3,
        min: 2.5,
        max: 10,
        first: 'a',
        last: 'd',
        all: ['tulsa-ok', 'tulsa-ok', 'memphis-tn'],
        kinds: 'brigade',
      },
    ],
  ],
  [
    '$unwind opens arrays, and keeps empty ones when told to',
    [
      { $unwind: { path: '$topics', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i' } },
      { $project: { topics: 1, i: 1 } },
    ],
    [
      { _id: 'a', topics: 'data', i: 0 },
      { _id: 'a', topics: 'maps', i: 1 },
      { _id: 'b', topics: 'maps', i: 0 },
      { _id: 'c', i: null },
      { _id: 'd', i: null },
    ],
  ],
  [
    '$facet runs several at once',
    [{ $facet: { n: [{ $count: 'n' }], kinds: [{ $sortByCount: '$kind' }] } }],
    [
      {
        n: [{ n: 4 }],
        kinds: [
          { _id: 'brigade', count: 3 },
          { _id: 'meetup', count: 1 },
        ],
      },
    ],
  ],
  [
    '$addFields and $project compute',
    [
      { $match: { _id: 'a' } },
      { $addFields: { big: { $gte: ['$size', 10] }, topics: { $size: '$topics' } } },
      { $project: { _id: 0, big: 1, topics: 1, label: { $concat: ['$kind', ' in ', '$city'] } } },
    ],
    [{ big: true, topics: 2, label: 'brigade in tulsa-ok' }],
  ],
  [
    'conditions and defaults',
    [
      { $sort: { _id: -1 } },
      { $limit: 2 },
      {
        $project: {
          city: { $ifNull: ['$city', 'nowhere'] },
          size: { $cond: [{ $gt: ['$size', null] }, 'some', 'none'] },
        },
      },
    ],
    [
      { _id: 'd', city: 'nowhere', size: 'some' },
      { _id: 'c', city: 'memphis-tn', size: 'none' },
    ],
  ],
  [
    '$skip and $limit',
    [{ $sort: { _id: 1 } }, { $skip: 1 }, { $limit: 1 }, { $project: { _id: 1 } }],
    [{ _id: 'b' }],
  ],
  [
    '$replaceRoot and $unset',
    [
      { $match: { _id: 'b' } },
      { $replaceRoot: { newRoot: { $mergeObjects: [{ was: '$_id' }, '$$ROOT'] } } },
      { $unset: ['_id', 'topics'] },
    ],
    [{ was: 'b', city: 'tulsa-ok', kind: 'meetup', size: 5 }],
  ],
  [
    '$filter and $map',
    [
      { $match: { _id: 'a' } },
      {
        $project: {
          t: {
            $map: {
              input: { $filter: { input: '$topics', as: 't', cond: { $ne: ['$$t', 'data'] } } },
              as: 'x',
              in: { $toUpper: '$$x' },
            },
          },
        },
      },
    ],
    [{ _id: 'a', t: ['MAPS'] }],
  ],
];

describeStores('Aggregation', (store) => {
  it.each(cases)('%s', async (_, pipeline, wanted) => {
    const collection = await store.filled(groups);

    expect(await collection.aggregate(pipeline).toArray()).toEqual(wanted);
  });

  it('$lookup joins by fields, null with missing', async () => {
    const cities = await store.filled([
      { _id: 'tulsa-ok' },
      { _id: 'memphis-tn' },
      { _id: 'none' },
    ]);
    const others = await store.filled(groups);

    const joined = await cities
      .aggregate([
        {
          $lookup: {
            from: others.collectionName,
            localField: '_id',
            foreignField: 'city',
            as: 'groups',
          },
        },
        { $project: { n: { $size: '$groups' } } },
      ])
      .toArray();

    expect(joined).toEqual([
      { _id: 'tulsa-ok', n: 2 },
      { _id: 'memphis-tn', n: 1 },
      { _id: 'none', n: 0 },
    ]);
  });

  it('$lookup runs a pipeline with variables', async () => {
    const cities = await store.filled([{ _id: 'tulsa-ok', least: 6 }]);
    const others = await store.filled(groups);

    const joined = await cities
      .aggregate([
        {
          $lookup: {
            from: others.collectionName,
            let: { city: '$_id', least: '$least' },
            pipeline: [
              {
                $match: {
                  $expr: { $and: [{ $eq: ['$city', '$$city'] }, { $gte: ['$size', '$$least'] }] },
                },
              },
              { $project: { _id: 1 } },
            ],
            as: 'groups',
          },
        },
      ])
      .toArray();

    expect(joined).toEqual([{ _id: 'tulsa-ok', least: 6, groups: [{ _id: 'a' }] }]);
  });

  it('distinct opens arrays', async () => {
    const collection = await store.filled(groups);

    expect((await collection.distinct('topics')).sort()).toEqual(['data', 'maps']);
    expect(await collection.distinct('city', { kind: 'meetup' })).toEqual(['tulsa-ok']);
  });
});
