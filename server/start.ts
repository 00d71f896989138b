// Starts Crosswalk with given settings: store, snapshot, app, listen; and stops it cleanly.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Logger, pino } from 'pino';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { loadGazetteer } from './directory/places/load-gazetteer.ts';
import { postMissingMails } from './introductions/keep-introductions.ts';
import { keepJobs } from './jobs/keep-jobs.ts';
import { openServices } from './open-services.ts';
import { built } from './root.ts';
import { openStore } from './store/open-store.ts';
import { loadSeed } from './store/seed/load-seed.ts';
import { againAfterTakeover } from './store/trouble.ts';
import { finishWaves } from './survey/finish-waves.ts';
import { createHttpServer } from './web/http-server.ts';
import { keepErrorsInBounds } from './web/stray-errors.ts';

/** A start that cannot go on, in words for whoever started it. */
export class CannotStart extends Error {}

/**
 * Starts the program; it runs until a signal stops it.
 * @throws CannotStart, or StoreUnavailable, in words for whoever started it
 */
export async function start(config: Config): Promise<void> {
  const log = pino({ level: config.logLevel, base: null });
  const clock = (): Date => new Date();

  const places = await loadGazetteer(join(built, 'gazetteer'));
  // Each try has a driver of its own: one whose server died while it was being reached may never come back.
  const begin = async () => {
    const store = await openStore(config, log);
    try {
      await loadSeed(store, clock());
      return await openServices({ config, store, places, clock, log });
    } catch (error) {
      await Promise.race([store.close(), wait(closeWithin)]);
      throw error;
    }
  };
  const opened = await (config.mongodbUri === null ? againAfterTakeover(begin) : begin());
  const { services } = opened;
  const app = createApp(services);
  const server = createHttpServer(app.handle);
  await listen(server, config);
  log.info(
    { store: services.store.description, revision: services.directory.current().revision },
    `Crosswalk is at ${addressOf(server, config)}`,
  );

  // Beside the first requests: what a stop in the middle left to do, each safe to repeat.
  const leftToDo = [
    [() => services.imports.finish(), 'imports could not be finished'],
    [() => finishWaves(services), 'a wave of the survey could not be finished'],
    [() => postMissingMails(services), 'mails of introductions could not be posted'],
  ] as const;
  const finishing = Promise.all(
    leftToDo.map(([finish, failed]) =>
      againAfterTakeover<unknown>(finish).catch((error: unknown) =>
        log.error({ err: error }, failed),
      ),
    ),
  );
  const jobs = keepJobs(services);

  const { stop } = openStop(server, log, {
    rest: async () => {
      await Promise.all([services.imports.close(), finishing, jobs.close(), services.mail.close()]);
    },
    close: () => opened.close(),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      log.info({ signal }, 'stopping');
      stop(0);
    });
  }
  keepErrorsInBounds(log, () => stop(1));
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

/** How long a store that failed at the start may take to close, milliseconds. */
const closeWithin = 2_000;
/** How long running answers may take to end, milliseconds, and how long stopping may take in all. */
const answersEndWithin = 8_000;
const stopWithin = 9_500;

/**
 * No new connections, running answers go out whole, mails and jobs come to rest meanwhile, and the store closes last.
 * All of it within ten seconds, after which others lose patience.
 */
function openStop(
  server: Server,
  log: Logger,
  { rest, close }: { readonly rest: () => Promise<void>; readonly close: () => Promise<void> },
): { readonly stop: (exitCode: number) => void } {
  let isStopping = false;
  server.prependListener('request', (_req, res) => {
    if (isStopping) res.shouldKeepAlive = false;
  });
  async function end(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    // A connection that is kept open is let go as soon as its answer is out.
    const letGo = setInterval(() => server.closeIdleConnections(), 50);
    const cut = setTimeout(() => server.closeAllConnections(), answersEndWithin);
    await Promise.all([closed, rest()]);
    clearInterval(letGo);
    clearTimeout(cut);
    await close();
  }
  return {
    stop(exitCode) {
      if (isStopping) return;
      isStopping = true;
      setTimeout(() => {
        log.error('stopped before everything had come to rest; the next start goes on from there');
        process.exit(1);
      }, stopWithin);
      end().then(
        () => {
          log.info('stopped');
          process.exit(exitCode);
        },
        (error: unknown) => {
          log.error({ err: error }, 'stopping failed');
          process.exit(1);
        },
      );
    },
  };
}
