// A store moves to a server and back, is replaced whole or not at all, and the command line says what happened.
// A second embedded store, reached by its address as a MongoDB server is, stands for the server.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose, { type Connection } from 'mongoose';
import { pino } from 'pino';
import { checkBackup } from '../../server/backup/read-backup.ts';
import { type Config, readConfig } from '../../server/config.ts';
import { toBytes } from '../../server/store/embedded/bson/bson.ts';
import { startEmbeddedStore } from '../../server/store/embedded/start.ts';
import { openStore } from '../../server/store/open-store.ts';
import { planReplacement } from '../../server/store/whole/finish-replacement.ts';
import { replaceOnServer } from '../../server/store/whole/replacement.ts';
import { openServerSnapshot } from '../../server/store/whole/snapshot.ts';
import { documentsIn, tallySnapshot } from '../../server/store/whole/tally.ts';
import { silentLog, temporaryFolder } from '../support/document-stores.ts';
import { contentsOf, killRestores, run } from '../support/killed-restores.ts';
import { copySeedTo } from '../support/seeded-folder.ts';

const log = pino({ level: 'silent' });
const folders: { remove(): void }[] = [];
const aFolder = (): string => {
  const folder = temporaryFolder();
  folders.push(folder);
  return folder.path;
};
const configFor = (dataDir: string): Config =>
  readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' });

let seeded: string;

beforeAll(async () => {
  seeded = aFolder();
  await copySeedTo(configFor(seeded), new Date('2026-11-22T12:00:00Z'), log);
});
afterAll(() => {
  for (const folder of folders) folder.remove();
});

async function withServer<T>(
  work: (uri: string, connection: Connection) => Promise<T>,
): Promise<T> {
  const server = await startEmbeddedStore({ folder: aFolder(), log: silentLog });
  const connection = mongoose.createConnection(server.uri, { autoIndex: false, autoCreate: false });
  try {
    await connection.asPromise();
    return await work(server.uri, connection);
  } finally {
    await connection.close();
    await server.close();
  }
}

describe('crosswalk move', () => {
  it('carries everything to a server and back, equal by count and checksum, and leaves its source alone', async () => {
    const before = await contentsOf(seeded);

    await withServer(async (uri, connection) => {
      const there = await run(['move', '--to', uri, '--json'], { DATA_DIR: seeded });
      expect(there).toMatchObject({ code: 0, err: '' });
      expect(JSON.parse(there.out)).toMatchObject({
        to: 'mongodb',
        documents: documentsIn(before),
        keptIn: null,
      });
      expect(await contentsOf(seeded)).toEqual(before);
      expect(await tallySnapshot(await openServerSnapshot(connection))).toEqual(before);

      const again = run(['move', '--to', uri], { DATA_DIR: seeded });
      expect(await again).toMatchObject({
        code: 2,
        err: expect.stringMatching(
          /^The store holds \d+ documents\. Add --yes to replace them all/m,
        ),
      });

      const home = aFolder();
      const back = await run(['move', '--to', 'embedded'], { DATA_DIR: home, MONGODB_URI: uri });
      expect(back.code).toBe(0);
      expect(back.out).toMatch(/Unset MONGODB_URI and start Crosswalk/);
      expect(await contentsOf(home)).toEqual(before);
      expect(await tallySnapshot(await openServerSnapshot(connection))).toEqual(before);
    });
  });

  it('keeps fields in the order they had, also those with names of digits', async () => {
    const document = new Map<string, unknown>([
      ['_id', 1],
      [
        'b',
        new Map([
          ['2', 'x'],
          ['1', 'y'],
        ]),
      ],
      [
        'a',
        [
          new Map([
            ['9', 1],
            ['8', 2],
          ]),
        ],
      ],
      ['0', null],
    ]);
    const bytes = toBytes(document as never);
    await withServer(async (_, connection) => {
      const replacement = await replaceOnServer(connection);
      await replacement.put('things', [bytes]);
      await replacement.takePlace();
      await replacement.close();

      const found: string[] = [];
      const snapshot = await openServerSnapshot(connection);
      for await (const one of snapshot.documents('things'))
        found.push(Buffer.from(one).toString('hex'));
      expect(found).toEqual([bytes.toString('hex')]);
    });
  });

  it('says what is wrong with where it shall go', async () => {
    expect(await run(['move', '--to', 'somewhere'], { DATA_DIR: seeded })).toMatchObject({
      code: 2,
      err: '--to is an address that begins with mongodb://, or the word embedded.\n',
    });
  });
});

describe('replacing everything on a server', () => {
  it.each([0, 1, 2, 3])(
    'is carried to its end by the next start when cut off after %i collections',
    async (cutAfter) => {
      await withServer(async (uri, connection) => {
        const db = connection.getClient().db();
        await db.collection('old').insertOne({ of: 'old' });
        await db.collection('b').insertOne({ of: 'old' });
        const replacement = await replaceOnServer(connection);
        for (const name of ['a', 'b', 'c'])
          await replacement.put(name, [toBytes({ _id: 1, of: 'new' })]);
        const wanted = await tallySnapshot(await replacement.built());
        await planReplacement(connection);
        for (const name of ['a', 'b', 'c'].slice(0, cutAfter)) {
          await db.collection(`crosswalk_next_${name}`).rename(name, { dropTarget: true });
        }

        const store = await openStore({ ...configFor(aFolder()), mongodbUri: uri }, log);
        const { marks: _, ...found } = await tallySnapshot(
          await openServerSnapshot(store.connection),
        );
        await store.close();

        expect(found).toEqual(wanted);
        const names = (await db.listCollections().toArray()).map(({ name }) => name);
        expect(names.filter((name) => name === 'old' || name.startsWith('crosswalk_next'))).toEqual(
          [],
        );
      });
    },
  );

  it('leaves what is there when it was cut off before', async () => {
    await withServer(async (uri, connection) => {
      await connection
        .getClient()
        .db()
        .collection('old')
        .insertOne({ _id: 1 as never });
      const replacement = await replaceOnServer(connection);
      await replacement.put('a', [toBytes({ _id: 1 })]);

      const store = await openStore({ ...configFor(aFolder()), mongodbUri: uri }, log);
      const { marks: _, ...found } = await tallySnapshot(
        await openServerSnapshot(store.connection),
      );
      await store.close();

      expect(Object.keys(found)).toEqual(['old']);
    });
  });
});

describe('crosswalk restore', () => {
  it('is refused in words while a server runs on the data folder', async () => {
    const file = join(aFolder(), 'backup.gz');
    const running = await openStore(configFor(seeded), log);
    try {
      expect(await run(['backup', file], { DATA_DIR: seeded })).toMatchObject({ code: 0 });
      const { code, err } = await run(['restore', file, '--yes'], { DATA_DIR: seeded });

      expect(code).toBe(2);
      expect(err).toMatch(/^Crosswalk is running on the data folder .* Nothing was changed\.$/m);
    } finally {
      await running.close();
    }
    const { collections } = await checkBackup(file);
    expect(await contentsOf(seeded)).toEqual(collections);
  });

  it('killed in the middle leaves the old store whole or the new one', async () => {
    const [folder, other] = [aFolder(), aFolder()];
    for (const found of await killRestores(folder, other, { kills: 2, spread: 30 })) {
      expect(['old', 'new']).toContain(found);
    }
  });

  it('and status tells of the last backup and of the daily jobs', async () => {
    const { out } = await run(['backup', '--json'], { DATA_DIR: seeded });
    expect(existsSync(JSON.parse(out).file)).toBe(true);
    const after = await run(['status'], { DATA_DIR: seeded });
    expect(after.out).toMatch(/^Last backup: less than an hour ago, .*-asked-for\.jsonl\.gz$/m);
  });
});
