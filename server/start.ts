// Starts Crosswalk with given settings: store, snapshot, app, listen; and stops it cleanly.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { loadGazetteer } from './directory/places/load-gazetteer.ts';
import { keepJobs } from './jobs/keep-jobs.ts';
import { openServices } from './open-services.ts';
import { built } from './root.ts';
import { openStore } from './store/open-store.ts';
import { loadSeed } from './store/seed/load-seed.ts';
import { finishWaves } from './survey/finish-waves.ts';

/** A start that cannot go on, in words for whoever started it. */
export class CannotStart extends Error {}

/**
 * Starts the program; it runs until a signal stops it.
 * @throws CannotStart, or StoreUnavailable, in words for whoever started it
 */
export async function start(config: Config): Promise<void> {
  const log = pino({ level: config.logLevel, base: null });
  const clock = (): Date => new Date();

  const [store, places] = await Promise.all([
    openStore(config, log),
    loadGazetteer(join(built, 'gazetteer')),
  ]);
  await loadSeed(store, clock());
  const opened = await openServices({ config, store, places, clock, log });
  const { services } = opened;
  const app = createApp(services);
  const server = createServer(app.handle);
  await listen(server, config);
  log.info(
    { store: store.description, revision: services.directory.current().revision },
    `Crosswalk is at ${addressOf(server, config)}`,
  );

  // Beside the first requests: what a stop in the middle of a wave left to do.
  const finishing = finishWaves(services).catch((error: unknown) =>
    log.error({ err: error }, 'a wave of the survey could not be finished'),
  );
  const jobs = keepJobs(services);

  stopOnSignals(server, log, async () => {
    await Promise.all([finishing, jobs.close()]);
    await opened.close();
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
