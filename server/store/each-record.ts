// Reads a collection one record after the other, in an order that an index has: it may not fit into memory.
import type { Model } from 'mongoose';

/** Documents that the store hands over at a time. */
const atOnce = 1_000;

export async function* eachRecord<Found, Whole>(
  { collection }: Pick<Model<never>, 'collection'>,
  sort: Readonly<Record<string, 1>>,
  toWhole: (record: Found) => Whole,
): AsyncGenerator<Whole> {
  const records = collection.find({}, { sort, batchSize: atOnce });
  for await (const record of records) yield toWhole(record as unknown as Found);
}
