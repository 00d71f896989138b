// Reads a whole collection batch by batch, each document turned as it comes: a hundred thousand of them
// never stand in memory twice, and the store answers others in between.
import type { Connection, Model } from 'mongoose';
import { documentReader } from './document-reader.ts';
import type { Store } from './store.ts';

/** Documents that the store hands over at a time: turning them takes a few milliseconds. */
const atOnce = 250;

type Batches = AsyncGenerator<readonly Buffer[]>;

/** In which order; in whichever the store has them where nothing is said. */
type Wanted = { readonly sort?: Readonly<Record<string, 1>> };

/** A server of several machines is asked by the driver's cursor, which stays with one of them. */
async function* batchesByCursor(connection: Connection, name: string, wanted: Wanted): Batches {
  const cursor = connection.collection(name).find({}, { ...wanted, batchSize: atOnce, raw: true });
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
async function* batchesByCommand({ db }: Connection, name: string, wanted: Wanted): Batches {
  if (!db) throw new Error('The store is closed.');
  const ask = async (command: object): Promise<CursorReply['cursor']> => {
    const options = { fieldsAsRaw: { firstBatch: true, nextBatch: true } };
    return ((await db.command(command, options)) as CursorReply).cursor;
  };
  let cursor = await ask({ find: name, ...wanted, batchSize: atOnce });
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

type Reading = Pick<Store, 'connection' | 'embedded'>;

/** Documents as bytes. */
export const readBytes = (
  { connection, embedded }: Reading,
  name: string,
  wanted: Wanted = {},
): Batches => (embedded ? batchesByCommand : batchesByCursor)(connection, name, wanted);

/** All documents, by slug where nothing is said, as `lean` gives them: without the defaults of the schema. Equal parts are shared. */
export async function readAll<Fields, Whole>(
  store: Reading,
  model: Model<Fields>,
  toWhole: (record: Fields) => Whole,
  sort: Readonly<Record<string, 1>> = { slug: 1 },
): Promise<Whole[]> {
  const read = documentReader();
  const batches = readBytes(store, model.collection.name, { sort });
  const all: Whole[] = [];
  for await (const batch of batches) {
    for (const bytes of batch) all.push(toWhole(read(bytes) as Fields));
  }
  return all;
}
