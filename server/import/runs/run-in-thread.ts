// Starts the thread that does one part of an import, and waits for what it tells.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { built } from '../../root.ts';
import type { TaskOutcome } from './tasks.ts';
import type { FromWorker, WorkerTask } from './worker.ts';

const program = join(built, 'server', 'import-worker.js');
const runsFromSource = import.meta.url.endsWith('.ts');

/** From source, as in tests, everything stays in one thread. */
export const hasThread = (): boolean => !runsFromSource && existsSync(program);

/** Megabytes that a file of the largest size takes to be compared with a large directory, and some more. */
const mostMemory = 1_536;
/** Room for what is made and soon let go, megabytes: with the little that the server has, it would be moved again and again. */
const shortLived = 96;
/** How long a thread may take to end what it has in hand, milliseconds; what it does can be cut off. */
const patience = 3_000;

/** @throws Error where the thread failed, or ended without a word */
export function runInThread(given: WorkerTask, signal: AbortSignal): Promise<TaskOutcome> {
  const worker = new Worker(program, {
    workerData: given,
    resourceLimits: { maxOldGenerationSizeMb: mostMemory, maxYoungGenerationSizeMb: shortLived },
  });
  const stop = (): void => {
    worker.postMessage('stop');
    setTimeout(() => worker.terminate(), patience).unref();
  };
  signal.addEventListener('abort', stop, { once: true });
  return new Promise<TaskOutcome>((resolve, reject) => {
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'outcome') return resolve(message.outcome);
      const error = new Error(message.message);
      error.stack = message.stack;
      reject(error);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`The thread of an import ended with ${code}.`)));
  }).finally(() => signal.removeEventListener('abort', stop));
}
