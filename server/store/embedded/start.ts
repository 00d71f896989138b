// Starts the embedded store of a folder, or joins the one that another process runs there.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { built } from '../../root.ts';
import { answers, prepareFolder, readAddress, uriOf } from './address.ts';
import { StoreInUse, StoreRefused } from './file.ts';
import { type RunningStore, runStore, type StoreSettings } from './run-store.ts';
import type { StoreLog } from './server.ts';
import type { FromStore } from './worker.ts';

export interface EmbeddedStore {
  /** For the official driver. */
  readonly uri: string;
  /** True where another process runs the store. */
  readonly joined: boolean;
  /** Ends the store; of a joined one, nothing. Whatever was acknowledged is on disk long before. */
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

/** @throws StoreRefused where the process that has the file does not answer. */
async function joinRunning(folder: string): Promise<EmbeddedStore | undefined> {
  const address = readAddress(folder);
  if (!address || !(await answers(address))) return undefined;
  return { uri: uriOf(address), joined: true, close: async () => {} };
}

/**
 * Starts the store of a folder, or joins it.
 * @throws StoreRefused, in words, where the file is damaged, foreign, from a newer version, or held by a process that does not answer.
 */
export async function startEmbeddedStore(options: StoreOptions): Promise<EmbeddedStore> {
  const { folder, log, thread = !runsFromSource, sweepMs = 60_000 } = options;
  prepareFolder(folder);
  const run = thread && existsSync(program) ? runInThread : runStore;
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      const running = await run({ folder, sweepMs }, log);
      return { ...running, joined: false };
    } catch (error) {
      if (!(error instanceof StoreInUse)) throw error;
    }
    const joined = await joinRunning(folder);
    if (joined) return joined;
    if (Date.now() > deadline) {
      throw new StoreRefused(
        `The store in ${folder} is in use by another process that does not answer. Stop that process, or use another data folder.`,
      );
    }
    await wait(100);
  }
}
