// The built command line, run as an operator runs it, on a store that another process has open.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { readConfig } from '../../server/config.ts';
import { built } from '../../server/root.ts';
import { readRevision } from '../../server/store/directory-records.ts';
import { openStore } from '../../server/store/open-store.ts';
import type { Store } from '../../server/store/store.ts';

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

let folder: string;
let store: Store;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosswalk-cli-'));
  store = await openStore(
    readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' }),
    pino({ level: 'silent' }),
  );
});

afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> =>
  new Promise((resolve) => {
    const { MONGODB_URI: _, ...outer } = process.env;
    execFile(
      process.execPath,
      [join(built, 'server/cli.js'), ...args],
      { env: { ...outer, DATA_DIR: folder, ...env } },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });

describe('crosswalk, while another process has the store', () => {
  it('seed loads the starting directory, and says so once', async () => {
    const first = await run(['seed']);
    const second = await run(['seed']);

    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toMatch(/^Loaded the starting directory into the embedded store in /);
    expect(second.out).toMatch(/^Nothing to load: /);
    expect(await readRevision(store)).toBe(1);
  });

  it('status says where the store is and what it holds', async () => {
    const { code, out } = await run(['status', '--json']);

    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      store: `embedded store in ${folder}`,
      revision: 1,
      records: { partner: 48, group: 229 },
    });
  });
});

describe('crosswalk', () => {
  it('ends with 2 and one sentence when a setting is wrong', async () => {
    const ended = await run(['status'], { MONGODB_URI: 'http://127.0.0.1' });

    expect(ended).toEqual({
      code: 2,
      out: '',
      err: 'MONGODB_URI must begin with mongodb:// or mongodb+srv://.\n',
    });
  });

  it('ends with 2 at a command that it does not know', async () => {
    const { code, err } = await run(['statsu']);

    expect(code).toBe(2);
    expect(err).toMatch(/unknown command 'statsu'/);
  });

  it('shows examples when asked for help', async () => {
    const { code, out } = await run(['--help']);

    expect(code).toBe(0);
    expect(out).toMatch(/npm run crosswalk -- status/);
  });
});
