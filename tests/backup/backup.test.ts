// Backups are whole, of one moment, and come back to the byte; what is not a whole backup changes nothing.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import fc from 'fast-check';
import { pino } from 'pino';
import { documentLine, parseEntry } from '../../server/backup/format.ts';
import { listBackups, pathOfBackup } from '../../server/backup/kept-backups.ts';
import { nightlyBackupJob } from '../../server/backup/nightly-job.ts';
import { checkBackup } from '../../server/backup/read-backup.ts';
import { restore } from '../../server/backup/restore.ts';
import { writeBackup } from '../../server/backup/write-backup.ts';
import { type Config, readConfig } from '../../server/config.ts';
import { wholeExport } from '../../server/exports/whole-export.ts';
import { runJob } from '../../server/jobs/run-job.ts';
import { erasePerson } from '../../server/people/erase-person.ts';
import { invitePerson } from '../../server/people/keep-people.ts';
import { toBytes } from '../../server/store/embedded/bson/bson.ts';
import { openStore } from '../../server/store/open-store.ts';
import type { Store } from '../../server/store/store.ts';
import { replaceEmbedded } from '../../server/store/whole/replacement.ts';
import { openSnapshot, type Snapshot } from '../../server/store/whole/snapshot.ts';
import { type Tallies, tallySnapshot } from '../../server/store/whole/tally.ts';
import { programWriter } from '../../server/store/writer.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { temporaryFolder } from '../support/document-stores.ts';

const folders: { remove(): void }[] = [];
const aFolder = (): string => {
  const folder = temporaryFolder();
  folders.push(folder);
  return folder.path;
};

let now = new Date('2026-11-22T12:00:00Z');
let app: TestApp;
let store: Store;

beforeAll(async () => {
  app = await startTestApp({ seed: true, clock: () => now });
  ({ store } = app.services);
});
afterAll(async () => {
  await app?.close();
  for (const folder of folders) folder.remove();
});

const configFor = (dataDir: string): Config =>
  readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' });

const backupOf = async (source: Store): Promise<string> => {
  const path = join(aFolder(), 'backup.jsonl.gz');
  await writeBackup({ open: () => openSnapshot(source), path, madeAt: now });
  return path;
};

const restoreTo = (dataDir: string, path: string, mayReplace = false) =>
  restore({
    path,
    config: configFor(dataDir),
    now,
    mayReplace,
    open: () => replaceEmbedded(dataDir),
  });

async function withStoreIn<T>(dataDir: string, work: (store: Store) => Promise<T>): Promise<T> {
  const opened = await openStore(configFor(dataDir), pino({ level: 'silent' }));
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}

async function exportOf(source: Store): Promise<string> {
  let text = '';
  for await (const piece of wholeExport(source)) text += piece;
  return text;
}

/** What stands in a store file that no process has open. */
async function contentsOf(dataDir: string): Promise<Tallies> {
  const held = await replaceEmbedded(dataDir);
  try {
    return await tallySnapshot(held.current);
  } finally {
    await held.close();
  }
}

const linesOf = (path: string): string[] =>
  gunzipSync(readFileSync(path)).toString().trimEnd().split('\n');

describe('a backup', () => {
  it('comes back to the byte: the export is the same before and after', async () => {
    await app.services.outreach.settled();
    const before = await exportOf(store);
    const path = await backupOf(store);
    const folder = aFolder();

    const { backup, keptIn } = await restoreTo(folder, path);

    expect(keptIn).toBeNull();
    expect(backup.documents).toBeGreaterThan(1000);
    expect(await contentsOf(folder)).toEqual(backup.collections);
    await withStoreIn(folder, async (restored) => {
      expect(await exportOf(restored)).toBe(before);
    });
  });

  it('is open to nobody else, and leaves nothing beside it', async () => {
    const path = await backupOf(store);

    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await readdir(join(path, '..'))).toEqual(['backup.jsonl.gz']);
    const beside = await readdir(app.services.config.dataDir);
    expect(beside.filter((name) => name.startsWith('aside-'))).toEqual([]);
  });

  it('is of one moment while writes go on: what is written together is never torn', async () => {
    const folder = aFolder();
    await withStoreIn(folder, async ({ connection }) => {
      const db = connection.getClient().db();
      const [first, second] = [db.collection('first'), db.collection('second')];
      const counters = db.collection<{ _id: number; value: number }>('counters');
      await counters.insertMany(Array.from({ length: 100 }, (_, _id) => ({ _id, value: 0 })));
      let isEnough = false;
      let written = 0;
      const writing = (async () => {
        while (!isEnough) {
          written += 1;
          await first.insertOne({ _id: written as never });
          await second.insertOne({ _id: written as never });
          await counters.updateMany({}, { $inc: { value: 1 } });
        }
      })();
      for (let round = 0; round < 3; round += 1) {
        const path = await backupOf({ connection, embedded: true } as Store);
        await checkBackup(path);
        const { first: one = [], second: other = [], counters: all = [] } = documentsIn(path);
        expect(one.length - other.length).toBeGreaterThanOrEqual(0);
        expect(one.length - other.length).toBeLessThanOrEqual(1);
        expect(all).toHaveLength(100);
        expect(new Set(all.map(({ value }) => JSON.stringify(value))).size).toBe(1);
      }
      isEnough = true;
      await writing;
      expect(written).toBeGreaterThan(4);
    });
  });

  it('is read anew where a store that cannot hold a moment changes under the reading', async () => {
    const bytes = (value: number) => toBytes({ _id: 1, value });
    let value = 0;
    let changes = 3;
    const open = async (): Promise<Snapshot> => ({
      kind: 'mongodb',
      isOneMoment: false,
      collections: ['things'],
      count: async () => 1,
      async *documents() {
        yield bytes(value);
        if (changes > 0) value += 1;
        changes -= 1;
      },
      close: async () => undefined,
    });
    const path = join(aFolder(), 'backup.jsonl.gz');

    await writeBackup({ open, path, madeAt: now });

    expect(documentsIn(path)['things']).toEqual([
      { _id: { $numberInt: '1' }, value: { $numberInt: '3' } },
    ]);
    changes = Number.POSITIVE_INFINITY;
    await expect(writeBackup({ open, path, madeAt: now })).rejects.toThrow(
      /^The store was written to each of 5 times/,
    );
    expect(await readdir(join(path, '..'))).toEqual(['backup.jsonl.gz']);
  });
});

/** Documents of a file by collection, as its lines have them. */
function documentsIn(path: string): Record<string, Record<string, unknown>[]> {
  const found: Record<string, Record<string, unknown>[]> = {};
  let current: Record<string, unknown>[] = [];
  for (const line of linesOf(path)) {
    const { collection, document } = JSON.parse(line);
    if (collection) found[collection] = current = [];
    if (document) current.push(document);
  }
  return found;
}

describe('a file that is no whole backup is refused, and nothing is changed:', () => {
  let good: Buffer;
  let folder: string;
  let before: Tallies;

  beforeAll(async () => {
    folder = aFolder();
    const small = await replaceEmbedded(folder);
    const cities = Array.from({ length: 40 }, (_, i) => ({
      _id: i,
      slug: `city-${i}`,
      state: 'OK',
    }));
    await small.put('cities', cities.map(toBytes));
    await small.put('waves', [toBytes({ _id: 1, slug: '2026-07' })]);
    await small.takePlace();
    await small.close();
    good = readFileSync(await withStoreIn(folder, backupOf));
    folder = aFolder();
    const path = join(aFolder(), 'small.jsonl.gz');
    writeFileSync(path, good);
    await restoreTo(folder, path);
    before = await contentsOf(folder);
  });

  const packed = (change: (lines: string[]) => string[]): Buffer =>
    gzipSync(`${change(gunzipSync(good).toString().trimEnd().split('\n')).join('\n')}\n`);
  const head = (change: object) =>
    packed(([first = '', ...rest]) => [
      JSON.stringify({ ...JSON.parse(first), ...change }),
      ...rest,
    ]);
  const flipped = (): Buffer => {
    const bytes = Buffer.from(good);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 0xff;
    return bytes;
  };
  const place = (lines: string[]): number =>
    lines.findIndex((line) => line.includes('"cities"')) + 1;

  const files: [string, () => Buffer, RegExp][] = [
    ['cut off in the middle', () => good.subarray(0, good.length >> 1), /damaged or cut off/],
    ['cut off by one byte', () => good.subarray(0, -1), /damaged or cut off/],
    ['with one byte turned', flipped, /damaged or cut off/],
    ['empty', () => Buffer.alloc(0), /damaged or cut off|it is empty/],
    ['text', () => Buffer.from('slug,name\n'), /it is no backup of Crosswalk/],
    ['packed text', () => gzipSync('slug,name\n'), /it is no backup of Crosswalk/],
    ['without its end', () => packed((lines) => lines.slice(0, -1)), /its end is missing/],
    [
      'with a line after its end',
      () => packed((lines) => [...lines, lines.at(-2) ?? '']),
      /after the end/,
    ],
    [
      'without one document',
      () => packed((lines) => lines.filter((_, i) => i !== place(lines))),
      /“cities” is not what its count and its checksum say/,
    ],
    [
      'with a changed document',
      () =>
        packed((lines) =>
          lines.map((line, i) =>
            i === place(lines) ? line.replace('"state":"', '"state":"X') : line,
          ),
        ),
      /“cities” is not what/,
    ],
    [
      'with a line of nonsense',
      () =>
        packed((lines) => lines.map((line, i) => (i === place(lines) ? '{"document":{' : line))),
      /line \d+ cannot be read/,
    ],
    ['of a newer format', () => head({ format: 2 }), /made by a newer Crosswalk/],
    ['of newer documents', () => head({ schema: 99 }), /made by a newer Crosswalk/],
    ['of no version', () => head({ schema: 'x' }), /line 1 says too little/],
  ];

  it.each(files)('%s', async (_, make, why) => {
    const path = join(aFolder(), 'bad.jsonl.gz');
    writeFileSync(path, make());
    let opened = 0;
    const open = () => {
      opened += 1;
      return replaceEmbedded(folder);
    };
    const config = configFor(folder);

    await expect(restore({ path, config, now, mayReplace: true, open })).rejects.toThrow(why);
    expect(opened).toBe(0);
  });

  it('and so is one that is not there, and a folder', async () => {
    await expect(restoreTo(folder, '/nowhere/x.gz', true)).rejects.toThrow(
      'There is no file /nowhere/x.gz.',
    );
    await expect(restoreTo(folder, folder, true)).rejects.toThrow(/it is a folder/);
    expect(await contentsOf(folder)).toEqual(before);
  });

  it('what is there is replaced only where that was asked for, and is kept first', async () => {
    const path = join(aFolder(), 'good.jsonl.gz');
    writeFileSync(path, good);
    await withStoreIn(folder, ({ connection }) =>
      connection
        .getClient()
        .db()
        .collection('things')
        .insertOne({ _id: 1 as never }),
    );
    const grown = await contentsOf(folder);

    await expect(restoreTo(folder, path)).rejects.toThrow(/^The store holds \d+ documents/);
    expect(await contentsOf(folder)).toEqual(grown);

    const { keptIn } = await restoreTo(folder, path, true);
    expect(await contentsOf(folder)).toEqual(before);
    expect((await checkBackup(String(keptIn))).collections).toEqual(grown);
    const left = (await readdir(folder)).filter((name) => /^aside|wal$|journal$/.test(name));
    expect(left).toEqual([]);
  });
});

describe('every night', () => {
  it('a backup is kept and those past BACKUP_KEEP_DAYS go, whatever they were made for', async () => {
    const { config } = app.services;
    const old = (day: string) => new Date(`${day}T05:00:00Z`);
    await mkdir(join(config.dataDir, 'backups'), { recursive: true });
    writeFileSync(pathOfBackup(config, old('2026-10-20'), 'nightly'), 'old');
    writeFileSync(pathOfBackup(config, old('2026-10-21'), 'before-restore'), 'old');
    writeFileSync(pathOfBackup(config, old('2026-11-20'), 'asked-for'), 'young');
    writeFileSync(join(config.dataDir, 'backups', 'mine.gz'), 'of somebody else');

    now = new Date('2026-11-22T07:00:00Z');
    expect(await runJob(app.services, nightlyBackupJob)).toBe('done');

    const kept = await listBackups(config);
    expect(kept.map(({ madeAt, reason }) => [madeAt.toISOString(), reason])).toEqual([
      ['2026-11-22T07:00:00.000Z', 'nightly'],
      ['2026-11-20T05:00:00.000Z', 'asked-for'],
    ]);
    expect(await readdir(join(config.dataDir, 'backups'))).toContain('mine.gz');
    await checkBackup(String(kept[0]?.path));
  });

  it('an address that was erased is in no new backup, and in none at all when BACKUP_KEEP_DAYS are over', async () => {
    const { config } = app.services;
    const address = 'ana.marker@urban.example';
    const roles = { staff: false, partners: [], groups: [] };
    const writer = programWriter('command-line', now);
    const holders = async (): Promise<number> => {
      const kept = await listBackups(config);
      const whole = kept.filter(({ reason }) => reason === 'nightly');
      return whole.filter(({ path }) => linesOf(path).join().includes(address)).length;
    };
    const onDay = async (day: string): Promise<void> => {
      now = new Date(`${day}T07:00:00Z`);
      expect(await runJob(app.services, nightlyBackupJob)).toBe('done');
    };
    await invitePerson(store, { address, name: 'Ana', ...roles }, writer);
    await onDay('2026-12-01');
    expect(await holders()).toBe(1);

    await erasePerson(app.services, address, writer);
    await onDay('2026-12-02');
    expect(await holders()).toBe(1);

    await onDay('2027-01-01');
    expect(config.backupKeepDays).toBe(30);
    expect(await holders()).toBe(0);
    expect((await listBackups(config)).length).toBeGreaterThan(0);
  });

  it('none is made where BACKUP_KEEP_DAYS is 0', async () => {
    const config = { ...app.services.config, backupKeepDays: 0 };
    const before = await listBackups(config);

    now = new Date('2027-01-02T07:00:00Z');
    expect(await runJob({ ...app.services, config }, nightlyBackupJob)).toBe('done');
    expect(await listBackups(config)).toEqual(before);
  });
});

const anyName = fc.oneof(
  fc.string({ maxLength: 8 }).filter((name) => !name.includes('\0')),
  fc.constantFrom(
    '$oid',
    '$date',
    '$numberInt',
    '$ref',
    '$id',
    '__proto__',
    '1',
    '0',
    'a.b',
    '',
    'toJSON',
  ),
);
const { document: anyDocument } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit: 'grapheme' }),
    fc.double().map((value) => new Double(value)),
    fc.integer().map((value) => new Int32(value)),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => Long.fromBigInt(value)),
    fc
      .constantFrom('0', '-0', 'NaN', '-Infinity', '1E+6000', '12345.678900')
      .map(Decimal128.fromString),
    fc.boolean(),
    fc.constant(null),
    fc.date({ noInvalidDate: true }),
    fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
    fc
      .tuple(fc.uint8Array(), fc.constantFrom(0, 1, 3, 5, 128))
      .map(([bytes, kind]) => new Binary(bytes, kind)),
    fc.constantFrom(
      new BSONRegExp('a+', 'im'),
      new Code('1'),
      new Code('x', { x: 1 }),
      new MinKey(),
      new MaxKey(),
    ),
    fc.nat().map((t) => new Timestamp({ t, i: 1 })),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('document'),
  ),
  document: fc
    .array(fc.tuple(anyName, tie('value')), { maxLength: 5 })
    .map((fields) => new Map(fields)),
}));

/** The BSON of documents with these numbers as their _id. */
const storedWith = (documents: readonly unknown[]): Buffer[] =>
  documents.map((fields, i) =>
    toBytes(
      new Map<string, unknown>(
        [['_id', i], ...(fields as Map<string, unknown>)].filter(
          ([name], at) => at === 0 || name !== '_id',
        ) as never,
      ) as never,
    ),
  );

describe('documents of every BSON type', () => {
  it('survive a line of a backup to the byte', () => {
    fc.assert(
      fc.property(anyDocument, (fields) => {
        const [bytes = Buffer.alloc(0)] = storedWith([fields]);
        const line = documentLine(bytes);
        const entry = parseEntry(line.trimEnd());

        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect('bytes' in entry && Buffer.from(entry.bytes).equals(bytes)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('survive backup and restore to the byte', async () => {
    const documents = storedWith(fc.sample(anyDocument, { numRuns: 150, seed: 8 }));
    const [from, to] = [aFolder(), aFolder()];
    const filled = await replaceEmbedded(from);
    await filled.put('things', documents);
    await filled.takePlace();
    await filled.close();

    const path = await withStoreIn(from, backupOf);
    await restoreTo(to, path);

    const held = await replaceEmbedded(to);
    const found: Buffer[] = [];
    for await (const bytes of held.current.documents('things')) found.push(Buffer.from(bytes));
    await held.close();
    expect(found.map((bytes) => bytes.toString('hex'))).toEqual(
      documents.map((bytes) => bytes.toString('hex')),
    );
  });
});
