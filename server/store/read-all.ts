// Reads a whole collection batch by batch, each document turned as it comes: a hundred thousand of them
// never stand in memory twice.
import type { Model } from 'mongoose';

/** Documents that the store hands over at a time. */
const atOnce = 1_000;

/** All documents by slug, as `lean` gives them: without the defaults of the schema. */
export async function readAll<Fields, Whole>(
  model: Model<Fields>,
  toWhole: (record: Fields) => Whole,
): Promise<Whole[]> {
  const cursor = model.collection.find({}, { sort: { slug: 1 }, batchSize: atOnce });
  const all: Whole[] = [];
  try {
    while (await cursor.hasNext()) {
      for (const record of cursor.readBufferedDocuments()) {
        all.push(toWhole(record as unknown as Fields));
      }
    }
  } finally {
    await cursor.close();
  }
  return all;
}
