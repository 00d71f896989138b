// The real application on the real embedded store, in a folder of its own that goes when the test does.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { type App, createApp } from '../../server/app.ts';
import { type Config, readConfig } from '../../server/config.ts';
import { loadGazetteer } from '../../server/directory/places/load-gazetteer.ts';
import type { Gazetteer } from '../../server/directory/places/places.ts';
import type { DirectoryRecords } from '../../server/domain/records.ts';
import { openServices } from '../../server/open-services.ts';
import { built } from '../../server/root.ts';
import type { Services } from '../../server/services.ts';
import { openStore } from '../../server/store/open-store.ts';
import { loadSeed } from '../../server/store/seed/load-seed.ts';
import { copySeedTo } from './seeded-folder.ts';
import { storeRecords } from './store-records.ts';

export interface TestApp {
  /** For supertest: `request(app.handle)`. */
  readonly app: App['handle'];
  readonly services: Services;
  close(): Promise<void>;
}

let loading: Promise<Gazetteer> | undefined;

/**
 * Starts the whole application without listening.
 * `seed: true` loads the starting directory; `records` stores the given ones; neither gives an empty directory.
 */
export async function startTestApp(
  options: {
    readonly records?: Partial<DirectoryRecords>;
    readonly seed?: boolean;
    readonly now?: Date;
    readonly clock?: () => Date;
    readonly config?: Partial<Config>;
    readonly log?: Logger;
  } = {},
): Promise<TestApp> {
  const folder = await mkdtemp(join(tmpdir(), 'crosswalk-'));
  const config: Config = {
    ...readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent', PUBLIC_URL: 'http://localhost:3000' }),
    ...options.config,
  };
  const log = options.log ?? pino({ level: config.logLevel, base: null });
  const fixed = options.now ?? new Date('2026-11-22T12:00:00Z');
  const clock = options.clock ?? (() => fixed);

  if (options.seed && config.mongodbUri === null) await copySeedTo(config, clock(), log);
  const store = await openStore(config, log);
  if (options.seed && config.mongodbUri !== null) await loadSeed(store, clock());
  if (options.records) await storeRecords(store, options.records, clock());
  loading ??= loadGazetteer(join(built, 'gazetteer'));
  const places = await loading;
  const opened = await openServices({ config, store, places, clock, log, mailPollMs: 0 });

  return {
    app: createApp(opened.services).handle,
    services: opened.services,
    async close() {
      await opened.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
