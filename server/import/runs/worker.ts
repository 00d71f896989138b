// One long part of an import in a thread of its own, on a connection of its own, so that readers are not held up.
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { loadGazetteer } from '../../directory/places/load-gazetteer.ts';
import { built } from '../../root.ts';
import { type JoinedStore, joinStore } from '../../store/open-store.ts';
import { runTask, type Task, type TaskOutcome } from './tasks.ts';

export interface WorkerTask {
  readonly task: Task;
  readonly store: JoinedStore;
  readonly folder: string;
  readonly reachMiles: number;
}

/** What the thread tells, once. Errors do not travel well between threads; their words do. */
export type FromWorker =
  | { readonly kind: 'outcome'; readonly outcome: TaskOutcome }
  | { readonly kind: 'failed'; readonly message: string; readonly stack: string };

async function work({ task, folder, reachMiles, ...given }: WorkerTask): Promise<FromWorker> {
  const stop = new AbortController();
  parentPort?.once('message', () => stop.abort());
  try {
    const store = await joinStore(given.store);
    try {
      const outcome = await runTask(task, {
        store,
        folder,
        reachMiles,
        places: () => loadGazetteer(join(built, 'gazetteer')),
        clock: () => new Date(),
        // Others are the message to stop, and the hold that is kept on what is in hand.
        pause: () => pause(),
        signal: stop.signal,
      });
      return { kind: 'outcome', outcome };
    } finally {
      await store.close();
    }
  } catch (error) {
    const { message = String(error), stack = '' } = error instanceof Error ? error : {};
    return { kind: 'failed', message, stack };
  }
}

/** Whoever reads comes first: on Linux the priority is this thread's own. */
if (process.platform === 'linux') setPriority(10);

parentPort?.postMessage(await work(workerData as WorkerTask));
parentPort?.close();
