// Opening the store: which one the settings name, and the sentence when it cannot be opened.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { readConfig } from '../../server/config.ts';
import { openStore } from '../../server/store/open-store.ts';
import { inWords, StoreUnavailable } from '../../server/store/store-unavailable.ts';

const log = pino({ level: 'silent' });
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosswalk-open-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const open = (env: NodeJS.ProcessEnv) =>
  openStore(readConfig({ LOG_LEVEL: 'silent', ...env }), log);

describe('opening the store', () => {
  it('without MONGODB_URI uses the embedded one in the data folder', async () => {
    const store = await open({ DATA_DIR: folder });

    expect(store.embedded).toBe(true);
    expect(store.description).toBe(`embedded store in ${folder}`);
    await store.close();
  });

  it('builds the indexes before anything is asked', async () => {
    const store = await open({ DATA_DIR: join(folder, 'another') });

    const indexes = await store.connection.collection('partners').indexes();

    expect(indexes).toContainEqual(expect.objectContaining({ key: { slug: 1 }, unique: true }));
    await store.close();
  });

  it('says that a data folder which is a file cannot be used', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, 'not a folder');

    const opening = open({ DATA_DIR: file });

    await expect(opening).rejects.toThrow(StoreUnavailable);
    await expect(opening).rejects.toThrow(/a-file/);
  });

  it('says that no server answers, and where', async () => {
    const opening = open({ MONGODB_URI: 'mongodb://127.0.0.1:9/crosswalk' });

    await expect(opening).rejects.toThrow(
      'No MongoDB server answers at 127.0.0.1:9 (MONGODB_URI): check that it runs and can be reached from here.',
    );
  }, 15_000);

  it('says that an address cannot be used', async () => {
    const opening = open({ MONGODB_URI: 'mongodb://127.0.0.1/?nonsense=1' });

    await expect(opening).rejects.toThrow(/^MONGODB_URI is not an address that can be used: /);
  });

  it('never repeats a password', () => {
    const config = readConfig({ MONGODB_URI: 'mongodb://ada:secret@db.example:27017/crosswalk' });
    const refused = Object.assign(new Error('Authentication failed.'), { code: 18 });

    expect(inWords(refused, config)).toBe(
      'The MongoDB server at db.example:27017 does not accept the name and password of MONGODB_URI.',
    );
  });
});
