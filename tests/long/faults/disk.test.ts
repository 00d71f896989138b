// The disk under the store: full, refusing, not writable, and a file that a crash or a bad disk left torn.
// A full disk is a small file system in a namespace of its own, which needs no rights where the system allows it.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { startEmbeddedStore } from '../../../server/store/embedded/start.ts';
import { silentLog } from '../../support/document-stores.ts';
import {
  endPrograms,
  freePort,
  postForm,
  type Server,
  signInStaff,
  startServer,
} from '../../support/program.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosswalk-disk-'));
});

afterAll(async () => {
  await endPrograms();
  await rm(folder, { recursive: true, force: true });
});

const canMount =
  spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs tmpfs /mnt']).status === 0;
const canLimit = spawnSync('prlimit', ['--version']).status === 0;
if (!canMount)
  console.warn(
    'Not tried: a full and a read-only disk. This system allows no mounts in a namespace.',
  );
if (!canLimit) console.warn('Not tried: a disk that refuses. There is no prlimit here.');

/** Runs Node where the data folder is a file system of its own. */
const onOwnDisk = (data: string, mount: string): string[] => [
  ...['unshare', '-rm', 'sh', '-c'],
  `mount -t tmpfs -o ${mount} tmpfs ${data} && exec "$0" "$@"`,
  process.execPath,
];

/** Runs Node beside a server, where its disk is seen. */
const inPlaceOf = ({ child }: Server): string[] => [
  ...['nsenter', '--preserve-credentials', '-U', '-m', '-t', String(child.pid)],
  process.execPath,
];

async function trouble(server: Server, cookie: string): Promise<string> {
  const answer = await postForm(
    `${server.url}/staff/people/new`,
    { address: `person-${Math.random()}@people.example`, staff: 'yes', step: 'save' },
    cookie,
  );
  return answer.status === 303 ? '' : `${answer.status} ${await answer.text()}`;
}

/** Writes until that fails; gives the answer. */
async function untilTrouble(server: Server, cookie: string): Promise<string> {
  for (let tries = 0; tries < 400; tries += 1) {
    const answer = await trouble(server, cookie);
    if (answer !== '') return answer;
  }
  throw new Error('The disk never gave out.');
}

async function stillReads(server: Server): Promise<void> {
  expect((await fetch(`${server.url}/cities?q=disk`)).status).toBe(200);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
}

(canMount ? it : it.skip)(
  'tells visitors of a full disk, reads on, and writes again once there is room',
  async () => {
    const data = join(folder, 'small');
    mkdirSync(data);
    const command = onOwnDisk(data, 'size=24m');
    const settings = { DATA_DIR: data, PORT: String(await freePort()) };
    const server = await startServer(settings, { command });
    await server.untilReady();
    const seen = `/proc/${server.child.pid}/root${data}`;
    const cookie = await signInStaff(server.url, settings, inPlaceOf(server));
    spawnSync('dd', ['if=/dev/zero', `of=${seen}/fill`, 'bs=64k', 'count=1000']);
    expect(existsSync(`${seen}/fill`)).toBe(true);

    const answer = await untilTrouble(server, cookie);

    expect(answer).toMatch(/^503 /);
    expect(answer).toContain(
      'The disk of this site is full, so nothing can be saved at the moment.',
    );
    await stillReads(server);
    await rm(`${seen}/fill`);
    expect(await trouble(server, cookie)).toBe('');
  },
  180_000,
);

(canLimit ? it : it.skip)(
  'tells visitors of a disk that refuses, reads on, and writes again once it does not',
  async () => {
    const settings = { DATA_DIR: join(folder, 'limited'), PORT: String(await freePort()) };
    const server = await startServer(settings);
    await server.untilReady();
    const cookie = await signInStaff(server.url, settings);
    const limit = (bytes: string): unknown =>
      execFileSync('prlimit', ['--pid', String(server.child.pid), `--fsize=${bytes}:unlimited`]);
    limit('4096');

    const answer = await untilTrouble(server, cookie);

    expect(answer).toMatch(/^503 /);
    expect(answer).toContain('The disk of this site cannot be written to');
    await stillReads(server);
    limit('unlimited');
    expect(await trouble(server, cookie)).toBe('');
  },
  180_000,
);

describe.each([
  [
    'cannot be written to',
    'size=24m,ro',
    /DATA_DIR\) cannot be used: it is on a disk that cannot be written\.$/,
  ],
  ['is full', 'size=4k', /cannot be used: .*the disk is full\./i],
])('a start on a disk that %s', (_, mount, words) => {
  (canMount ? it : it.skip)(
    'ends with one sentence',
    async () => {
      const data = join(folder, mount.replace(/\W/g, ''));
      mkdirSync(data);

      const program = await startServer({ DATA_DIR: data }, { command: onOwnDisk(data, mount) });

      expect(await program.ended()).toBe(1);
      expect(program.said().trim()).toMatch(/^Crosswalk cannot start\.\n/);
      expect(program.said().trim()).toMatch(words);
      expect(program.said()).not.toContain('    at ');
    },
    60_000,
  );
});

describe('a store file that is torn', () => {
  const copied = ['store.sqlite', 'store.sqlite-wal'];

  /** A folder as a crash leaves it: 300 numbered documents, most of them in the log only. */
  async function crashed(name: string): Promise<string> {
    const [from, to] = [join(folder, `${name}-live`), join(folder, name)];
    const store = await startEmbeddedStore({ folder: from, log: silentLog });
    const client = await new MongoClient(store.uri).connect();
    const numbers = client.db('torn').collection<{ _id: number; text: string }>('numbers');
    for (let _id = 0; _id < 300; _id += 1) await numbers.insertOne({ _id, text: 'x'.repeat(900) });
    mkdirSync(to);
    for (const file of copied) copyFileSync(join(from, file), join(to, file));
    await client.close();
    await store.close();
    return to;
  }

  async function numbersIn(data: string): Promise<number[]> {
    const store = await startEmbeddedStore({ folder: data, log: silentLog });
    const client = await new MongoClient(store.uri).connect();
    try {
      const all = await client.db('torn').collection('numbers').find().sort({ _id: 1 }).toArray();
      return all.map(({ _id }) => Number(_id));
    } finally {
      await client.close();
      await store.close();
    }
  }

  it('opens with everything up to where its log was torn off', async () => {
    const whole = await crashed('torn-log');
    const length = readFileSync(join(whole, 'store.sqlite-wal')).length;
    expect(await numbersIn(whole)).toHaveLength(300);
    let before = -1;
    for (const part of [0.13, 0.4, 0.77, 0.999]) {
      const data = await crashed(`torn-log-${part}`);
      truncateSync(join(data, 'store.sqlite-wal'), Math.floor(length * part) + 7);

      const found = await numbersIn(data);

      // What is there is a beginning without a gap, and longer where more of the log is left.
      expect(found).toEqual(found.map((_, place) => place));
      expect(found.length).toBeGreaterThanOrEqual(before);
      before = found.length;
    }
    expect(before).toBeGreaterThan(0);
  }, 120_000);

  it.each([
    ['cut off', (file: string) => truncateSync(file, 4096 * 20 + 100)],
    [
      'overwritten with zeros on a page',
      (file: string) => writeFileSync(file, readFileSync(file).fill(0, 4096 * 12, 4096 * 14)),
    ],
    [
      'emptied of its first page',
      (file: string) => writeFileSync(file, readFileSync(file).fill(0, 0, 4096)),
    ],
  ])(
    'is refused in words, and left as it is, where it was %s',
    async (how, tear) => {
      const data = join(folder, how.replaceAll(' ', '-'));
      await numbersIn(await crashed(how.replaceAll(' ', '-')));
      const file = join(data, 'store.sqlite');
      tear(file);
      const torn = readFileSync(file);

      const program = await startServer({ DATA_DIR: data });

      expect(await program.ended()).toBe(1);
      expect(program.said()).toMatch(/^Crosswalk cannot start\.\nThe store file .* is damaged/);
      expect(program.said()).toContain('Put back the newest backup');
      expect(readFileSync(file).equals(torn)).toBe(true);
    },
    60_000,
  );
});
