// Starts Crosswalk: settings, store, snapshot, app, listen; and stops it cleanly.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { openSignIn } from './accounts/sign-in.ts';
import { createApp } from './app.ts';
import { type Config, readConfig, WrongSettings } from './config.ts';
import { openDirectory } from './directory/current-directory.ts';
import { loadGazetteer } from './directory/places/load-gazetteer.ts';
import { openMailer } from './mail/mailer.ts';
import { keepOutreach } from './outreach/keep-outreach.ts';
import { built } from './root.ts';
import { openSecret } from './secret.ts';
import { readDirectoryRecords, readRevision } from './store/directory-records.ts';
import { openStore } from './store/open-store.ts';
import { loadSeed } from './store/seed/load-seed.ts';
import { finishWaves } from './survey/finish-waves.ts';

/** A start that cannot go on, in words for whoever started it. */
class CannotStart extends Error {}

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const log = pino({ level: config.logLevel, base: null });
  const clock = (): Date => new Date();

  const [store, places] = await Promise.all([
    openStore(config, log),
    loadGazetteer(join(built, 'gazetteer')),
  ]);
  await loadSeed(store, clock());
  const directory = await openDirectory({
    read: () => readDirectoryRecords(store),
    readRevision: () => readRevision(store),
    settings: { reachMiles: config.reachMiles, freshMonths: config.freshMonths },
    clock,
    log,
  });

  const secret = await openSecret(config);
  const mail = openMailer({ store, config, secret, clock, log });
  const outreach = keepOutreach({ store, directory, clock, log });
  const signIn = openSignIn(store, { secret, publicUrl: config.publicUrl });
  const app = createApp({
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
  });
  const server = createServer(app.handle);
  await listen(server, config);
  log.info(
    { store: store.description, revision: directory.current().revision },
    `Crosswalk is at ${addressOf(server, config)}`,
  );

  // Beside the first requests: what a stop in the middle of a wave left to do.
  const finishing = finishWaves({ store, config, secret, clock, mail, log }).catch(
    (error: unknown) => log.error({ err: error }, 'a wave of the survey could not be finished'),
  );

  stopOnSignals(server, log, async () => {
    await finishing;
    await Promise.all([mail.close(), outreach.close(), directory.close()]);
    await store.close();
  });
}

async function listen(server: Server, config: Config): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new CannotStart(inWords(error, config))),
    );
    server.listen(config.port, config.host, resolve);
  });
}

function inWords(error: NodeJS.ErrnoException, config: Config): string {
  if (error.code === 'EADDRINUSE') {
    return `Port ${config.port} on ${config.host} is taken by another program. Stop it, or set PORT to a free one.`;
  }
  if (error.code === 'EACCES') {
    return `Port ${config.port} may not be opened by this user. Set PORT to one above 1023.`;
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return `HOST ${config.host} is not an address of this machine.`;
  }
  return `Cannot listen on ${config.host}:${config.port}: ${error.message}`;
}

function addressOf(server: Server, config: Config): string {
  if (config.publicUrl && config.port !== 0) return config.publicUrl;
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

/** Ctrl-C and SIGTERM let running answers end, for a second and a half at most, and close the store. */
function stopOnSignals(server: Server, log: Logger, close: () => Promise<void>): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    const cut = setTimeout(() => server.closeAllConnections(), 1_200);
    server.close(async () => {
      clearTimeout(cut);
      await close();
      log.info('stopped');
      process.exit(0);
    });
    server.closeIdleConnections();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

start().catch((error: unknown) => {
  const said =
    error instanceof Error &&
    (error instanceof CannotStart ||
      error instanceof WrongSettings ||
      error.name === 'StoreUnavailable');
  console.error(said ? `Crosswalk cannot start.\n${(error as Error).message}` : error);
  process.exit(1);
});
