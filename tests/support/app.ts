// The real application on the real embedded store, in a folder of its own that goes when the test does.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { openSignIn } from '../../server/accounts/sign-in.ts';
import { type App, createApp } from '../../server/app.ts';
import { type Config, readConfig } from '../../server/config.ts';
import { openDirectory } from '../../server/directory/current-directory.ts';
import { loadGazetteer } from '../../server/directory/places/load-gazetteer.ts';
import type { Gazetteer } from '../../server/directory/places/places.ts';
import type { DirectoryRecords } from '../../server/domain/records.ts';
import { openMailer } from '../../server/mail/mailer.ts';
import { keepOutreach } from '../../server/outreach/keep-outreach.ts';
import { built } from '../../server/root.ts';
import { openSecret } from '../../server/secret.ts';
import type { Services } from '../../server/services.ts';
import { readDirectoryRecords, readRevision } from '../../server/store/directory-records.ts';
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
  const directory = await openDirectory({
    read: () => readDirectoryRecords(store),
    readRevision: () => readRevision(store),
    settings: { reachMiles: config.reachMiles, freshMonths: config.freshMonths },
    clock,
    log,
  });
  const secret = await openSecret(config);
  const mail = openMailer({ store, config, secret, clock, log, pollMs: 0 });
  const outreach = keepOutreach({ store, directory, clock, log });
  const signIn = openSignIn(store, { secret, publicUrl: config.publicUrl });
  const services: Services = {
    config,
    store,
    directory,
    places,
    clock,
    log,
    mail,
    signIn,
    outreach,
    secret,
  };

  return {
    app: createApp(services).handle,
    services,
    async close() {
      await Promise.all([mail.close(), outreach.close(), directory.close()]);
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
