// Restores that are killed, and the command line as an operator runs it.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { writeBackup } from '../../server/backup/write-backup.ts';
import { readConfig } from '../../server/config.ts';
import { built } from '../../server/root.ts';
import { toBytes } from '../../server/store/embedded/bson/bson.ts';
import { openStoreAsItIs } from '../../server/store/open-store.ts';
import { replaceEmbedded } from '../../server/store/whole/replacement.ts';
import { openSnapshot } from '../../server/store/whole/snapshot.ts';
import { firstDifference, type Tallies, tallySnapshot } from '../../server/store/whole/tally.ts';

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const program = join(built, 'server/cli.js');

export const run = (args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> =>
  new Promise((resolve) => {
    const { MONGODB_URI: _, ...outer } = process.env;
    execFile(
      process.execPath,
      [program, ...args],
      { env: { ...outer, ...env } },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });

/** What stands in a store file that no process has open. */
export async function contentsOf(dataDir: string): Promise<Tallies> {
  const held = await replaceEmbedded(dataDir);
  try {
    return await tallySnapshot(held.current);
  } finally {
    await held.close();
  }
}

/** A store with these documents in a collection called things, and one called of-old or of-new. */
async function fill(dataDir: string, name: string, count: number): Promise<Tallies> {
  const held = await replaceEmbedded(dataDir);
  const documents = Array.from({ length: count }, (_, i) =>
    toBytes({ _id: i, name, text: name.repeat(20) }),
  );
  await held.put('things', documents);
  await held.put(`of-${name}`, documents.slice(0, 10));
  await held.takePlace();
  await held.close();
  return contentsOf(dataDir);
}

/** Kills it so many milliseconds after it began to build the new store; or lets it end. */
async function restoreUntilKilled(folder: string, file: string, afterMs: number): Promise<void> {
  const before = new Set(await readdir(folder));
  return new Promise((resolve, reject) => {
    const child: ChildProcess = spawn(
      process.execPath,
      [program, 'restore', file, '--yes', '--json'],
      {
        env: { ...process.env, DATA_DIR: folder, MONGODB_URI: '' },
        stdio: 'ignore',
      },
    );
    const looking = setInterval(async () => {
      const names = await readdir(folder).catch(() => []);
      if (!names.some((name) => name.startsWith('aside-') && !before.has(name))) return;
      clearInterval(looking);
      setTimeout(() => child.kill('SIGKILL'), afterMs);
    }, 5);
    child.on('error', reject);
    child.on('close', () => {
      clearInterval(looking);
      resolve();
    });
  });
}

/** What was found after each kill: the store as it was, the one of the backup, or (never) something else. */
export async function killRestores(
  folder: string,
  other: string,
  { kills, spread }: { readonly kills: number; readonly spread: number },
): Promise<string[]> {
  const fresh = await fill(other, 'new', 600);
  const path = join(other, 'backup.gz');
  const config = readConfig({ DATA_DIR: other, LOG_LEVEL: 'silent' });
  const store = await openStoreAsItIs(config, pino({ level: 'silent' }));
  await writeBackup({ open: () => openSnapshot(store), path, madeAt: new Date() });
  await store.close();
  const found: string[] = [];
  for (let round = 0; round < kills; round += 1) {
    const old = await fill(folder, 'old', 400);
    await restoreUntilKilled(folder, path, round * spread);
    const now = await contentsOf(folder);
    if (firstDifference(now, old) === undefined) found.push('old');
    else found.push(firstDifference(now, fresh) === undefined ? 'new' : 'a mixture');
  }
  return found;
}
