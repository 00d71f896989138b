// Reads a whole collection batch by batch, each document turned as it comes: a hundred thousand of them
// never stand in memory twice.
import type { Connection, Model } from 'mongoose';
import { documentReader } from './document-reader.ts';
import type { Store } from './store.ts';

/** Documents that the store hands over at a time: turning them takes a few milliseconds. */
const atOnce = 1_000;

type Batches = AsyncGenerator<readonly Buffer[]>;

/** A server of several machines is asked by the driver's cursor, which stays with one of them. */
async function* batchesByCursor({ collection }: Pick<Model<never>, 'collection'>): Batches {
  const cursor = collection.find({}, { sort: { slug: 1 }, batchSize: atOnce, raw: true });
  try {
    while (await cursor.hasNext()) yield cursor.readBufferedDocuments() as unknown as Buffer[];
  } finally {
    await cursor.close();
  }
}

interface CursorReply {
  readonly cursor: {
    readonly id: unknown;
    readonly firstBatch?: readonly Buffer[];
    readonly nextBatch?: readonly Buffer[];
  };
}

/**
 * Asks the embedded store itself: the driver's cursor looks into every document before it hands it over, which takes
 * longer than reading it. The next batch is on its way while the one before is read.
 */
async function* batchesByCommand({ db }: Connection, name: string): Batches {
  if (!db) throw new Error('The store is closed.');
  const ask = async (command: object): Promise<CursorReply['cursor']> => {
    const options = { fieldsAsRaw: { firstBatch: true, nextBatch: true } };
    return ((await db.command(command, options)) as CursorReply).cursor;
  };
  let cursor = await ask({ find: name, sort: { slug: 1 }, batchSize: atOnce });
  for (;;) {
    const { id, firstBatch, nextBatch } = cursor;
    const isLast = Number(id) === 0;
    const next = isLast ? undefined : ask({ getMore: id, collection: name, batchSize: atOnce });
    // Where the reader gives up meanwhile, nobody else hears of a failure.
    next?.catch(() => undefined);
    yield firstBatch ?? nextBatch ?? [];
    if (!next) return;
    cursor = await next;
  }
}

/** All documents by slug, as `lean` gives them: without the defaults of the schema. Equal parts are shared. */
export async function readAll<Fields, Whole>(
  { connection, embedded }: Pick<Store, 'connection' | 'embedded'>,
  model: Model<Fields>,
  toWhole: (record: Fields) => Whole,
): Promise<Whole[]> {
  const read = documentReader();
  const batches = embedded
    ? batchesByCommand(connection, model.collection.name)
    : batchesByCursor(model as unknown as Pick<Model<never>, 'collection'>);
  const all: Whole[] = [];
  for await (const batch of batches) {
    for (const bytes of batch) all.push(toWhole(read(bytes) as Fields));
  }
  return all;
}
