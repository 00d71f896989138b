// A data folder that already holds the starting directory: loaded once per state of the seed and the models,
// kept in dist/, and copied for each test that asks for it.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../../server/config.ts';
import { built, root } from '../../server/root.ts';
import { openStore } from '../../server/store/open-store.ts';
import { loadSeed } from '../../server/store/seed/load-seed.ts';

const file = 'store.sqlite';

/** Changes with every file that has a part in what is stored. */
function stamp(now: Date): string {
  const hash = createHash('sha256').update(now.toISOString());
  for (const folder of ['models', 'server/store', 'server/domain']) {
    for (const name of (readdirSync(join(root, folder), { recursive: true }) as string[]).sort()) {
      const { size, mtimeMs } = statSync(join(root, folder, name));
      hash.update(`${name} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest('hex').slice(0, 12);
}

/** Puts a store with the starting directory, loaded at that moment, into an empty data folder. */
export async function copySeedTo(config: Config, now: Date, log: Logger): Promise<void> {
  const seeds = join(built, 'test-seeds');
  const kept = join(seeds, stamp(now));
  if (!existsSync(join(kept, file))) {
    await mkdir(seeds, { recursive: true });
    const apart = await mkdtemp(join(seeds, 'making-'));
    const store = await openStore({ ...config, dataDir: apart }, log);
    await loadSeed(store, now);
    await store.close();
    // Another test file may have been faster: then its copy stays.
    await rename(apart, kept).catch(() => rm(apart, { recursive: true, force: true }));
  }
  await copyFile(join(kept, file), join(config.dataDir, file));
}
