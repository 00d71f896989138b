// Writes all that a store holds to one file, while the store runs on. The file is there whole or not at all, and open to
// nobody but the user whom Crosswalk runs as: personal data stands in it.
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { syncFolder } from '../store/embedded/file.ts';
import { schemaOf } from '../store/whole/schema-of.ts';
import type { Snapshot } from '../store/whole/snapshot.ts';
import {
  documentsIn,
  readAtOneMoment,
  startTally,
  type Tallies,
  type Tally,
} from '../store/whole/tally.ts';
import { collectionLine, documentLine, formatVersion, lineOf } from './format.ts';

export interface Written {
  readonly documents: number;
  readonly collections: Tallies;
}

export interface Writing {
  /** Opens what is to be written; more than once where the store changes under the reading. */
  readonly open: () => Promise<Snapshot>;
  readonly path: string;
  readonly madeAt: Date;
  /** It is about to be read, and holds about so many documents. */
  readonly onStart?: (documents: number) => void;
  readonly onStep?: () => void;
  /** Ends it before its end: then there is no file. */
  readonly signal?: AbortSignal;
}

/**
 * Writes a backup, puts it on disk and gives it its name. A file of that name is replaced.
 * @throws KeepsChanging; what the operating system says of a folder that cannot be written or a disk that is full
 */
export async function writeBackup(writing: Writing): Promise<Written> {
  const { path } = writing;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const aside = `${path}.${randomUUID()}.part`;
  try {
    const collections = await readAtOneMoment(writing.open, (snapshot) =>
      writeOnce(snapshot, aside, writing),
    );
    await rename(aside, path);
    syncFolder(dirname(path));
    return { documents: documentsIn(collections), collections };
  } finally {
    await rm(aside, { force: true });
  }
}

async function writeOnce(snapshot: Snapshot, aside: string, writing: Writing): Promise<Tallies> {
  writing.onStart?.(await snapshot.count());
  await rm(aside, { force: true });
  const tallies: Record<string, Tally> = {};
  await pipeline(
    Readable.from(linesOf(snapshot, tallies, writing), { objectMode: true }),
    createGzip(),
    createWriteStream(aside, { flags: 'wx', mode: 0o600 }),
    ...(writing.signal ? [{ signal: writing.signal }] : []),
  );
  const file = await open(aside, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  return tallies;
}

/** So many characters go to the packer at once. */
const pieceSize = 64 * 1024;

async function* linesOf(
  snapshot: Snapshot,
  tallies: Record<string, Tally>,
  { madeAt, onStep }: Writing,
): AsyncGenerator<Buffer> {
  let piece = lineOf({
    crosswalk: 'backup',
    format: formatVersion,
    schema: await schemaOf(snapshot),
    madeAt: madeAt.toISOString(),
    store: snapshot.kind,
  });
  for (const name of snapshot.collections) {
    const tally = startTally();
    let isNamed = false;
    for await (const bytes of snapshot.documents(name)) {
      if (!isNamed) piece += collectionLine(name);
      isNamed = true;
      tally.add(bytes);
      piece += documentLine(bytes);
      onStep?.();
      if (piece.length < pieceSize) continue;
      yield Buffer.from(piece);
      piece = '';
    }
    if (isNamed) tallies[name] = tally.end();
  }
  piece += lineOf({ end: { documents: documentsIn(tallies), collections: tallies } });
  yield Buffer.from(piece);
}
