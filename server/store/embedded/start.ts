// Starts the embedded store of a folder, or joins the one that another process runs there, and takes its place when
// that process is gone.
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { built } from '../../root.ts';
import { prepareFolder, readAddress, uriOf, watch } from './address.ts';
import { StoreInUse, StoreRefused } from './file.ts';
import { type RunningStore, runStore, type StoreSettings } from './run-store.ts';
import type { StoreLog } from './server.ts';
import type { FromStore } from './worker.ts';

export interface EmbeddedStore {
  /** For the official driver. */
  readonly uri: string;
  /** True where another process ran the store when this one came. */
  readonly joined: boolean;
  /** Ends the store where this process runs it. Whatever was acknowledged is on disk long before. */
  close(): Promise<void>;
}

export interface StoreOptions {
  readonly folder: string;
  readonly log: StoreLog;
  /** In a thread of its own, so that long commands hold up nobody; the default where the program is built. */
  readonly thread?: boolean;
  /** How often expired documents are deleted; once a minute where nothing is said. */
  readonly sweepMs?: number;
}

const program = join(built, 'server', 'store-worker.js');
const runsFromSource = import.meta.url.endsWith('.ts');

function failureOf(message: Extract<FromStore, { kind: 'failed' }>): Error {
  if (message.reason === 'in-use') return new StoreInUse(message.message);
  if (message.reason === 'refused') return new StoreRefused(message.message);
  return new Error(message.message);
}

/** The store in a worker thread: the same promises as runStore. */
function runInThread(settings: StoreSettings, log: StoreLog): Promise<RunningStore> {
  const worker = new Worker(program, { workerData: settings });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  return new Promise((resolve, reject) => {
    let closing = false;
    worker.on('error', (error) => {
      log.error({ err: error }, 'The embedded store ended unexpectedly');
      reject(error);
    });
    worker.on('exit', (code) => {
      if (!closing) reject(new Error(`The embedded store ended with ${code}.`));
    });
    worker.on('message', (message: FromStore) => {
      if (message.kind === 'log') log[message.level](message.details, message.message);
      else if (message.kind === 'failed') reject(failureOf(message));
      else if (message.kind === 'listening') {
        resolve({
          uri: message.uri,
          gone: ended,
          close: async () => {
            closing = true;
            worker.postMessage('close');
            await ended;
          },
        });
      }
    });
  });
}

/** How long a process that has the file may take until it answers on its socket. */
const patienceMs = 5000;
/** How long to wait between two tries to have the store again. */
const pauseMs = 1000;

/** The store as this process has it for now: run by itself, or by another process. */
interface Held {
  readonly uri: string;
  readonly joined: boolean;
  /** Resolves when nobody runs it any more: the other process or our thread ended. */
  readonly gone: Promise<void>;
  release(): Promise<void>;
}

/** @throws StoreRefused where the process that has the file does not answer. */
async function hold(options: StoreOptions): Promise<Held> {
  const { folder, log, thread = !runsFromSource, sweepMs = 60_000 } = options;
  const run = thread && existsSync(program) ? runInThread : runStore;
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      const { uri, gone, close } = await run({ folder, sweepMs }, log);
      return { uri, joined: false, gone, release: close };
    } catch (error) {
      if (!(error instanceof StoreInUse)) throw error;
    }
    const address = readAddress(folder);
    const watched = address && (await watch(address));
    if (watched) {
      return {
        uri: uriOf(address),
        joined: true,
        gone: watched.gone,
        release: async () => watched.end(),
      };
    }
    if (Date.now() > deadline) {
      throw new StoreRefused(
        `The store in ${folder} is in use by another process that does not answer. Stop that process, or use another data folder.`,
      );
    }
    await wait(100);
  }
}

/**
 * Starts the store of a folder, or joins it. Where the process that runs it goes away, however it ends, one of those
 * that joined takes its place at the same address, so that the driver finds it there again.
 * @throws StoreRefused, in words, where the file is damaged, foreign, from a newer version, or held by a process that does not answer.
 */
export async function startEmbeddedStore(options: StoreOptions): Promise<EmbeddedStore> {
  const { folder, log } = options;
  prepareFolder(folder);
  let held = await hold(options);
  const { uri, joined } = held;
  const closing = new AbortController();
  const closed = once(closing.signal, 'abort');

  /** @returns undefined when the store is closed meanwhile */
  async function holdAgain(): Promise<Held | undefined> {
    for (let failures = 0; !closing.signal.aborted; failures += 1) {
      try {
        return await hold(options);
      } catch (error) {
        if (failures === 0) log.error({ err: error }, 'The store could not be taken over yet');
        await Promise.race([wait(pauseMs, undefined, { ref: false }), closed]);
      }
    }
    return undefined;
  }
  async function keepHeld(): Promise<void> {
    for (;;) {
      await Promise.race([held.gone, closed]);
      if (closing.signal.aborted) return;
      log.warn({}, 'Nobody runs the store any more; taking it over');
      const next = await holdAgain();
      if (!next) return;
      held = next;
      log.info({ joined: held.joined }, held.joined ? 'Joined the store' : 'Took over the store');
      if (held.uri !== uri) {
        log.error({}, 'The store is at another address now. Start this process again.');
      }
    }
  }
  const keeping = keepHeld();

  return {
    uri,
    joined,
    async close() {
      closing.abort();
      await keeping;
      await held.release();
    },
  };
}
