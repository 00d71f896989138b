// The store in a thread of its own, so that a long command holds up nobody else. Its log goes to the main thread.
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { StoreInUse, StoreRefused } from './file.ts';
import { type RunningStore, runStore, type StoreSettings } from './run-store.ts';
import type { StoreLog } from './server.ts';

/** What the thread tells. */
export type FromStore =
  | { readonly kind: 'listening'; readonly uri: string }
  | {
      readonly kind: 'failed';
      readonly reason: 'in-use' | 'refused' | 'fault';
      readonly message: string;
    }
  | {
      readonly kind: 'log';
      readonly level: keyof StoreLog;
      readonly details: object;
      readonly message: string;
    }
  | { readonly kind: 'closed' };

const tell = (message: FromStore): void => parentPort?.postMessage(message);

/** Errors do not travel well between threads; their words do. */
const tellLog =
  (level: keyof StoreLog) =>
  (details: object, message: string): void => {
    const plain = Object.fromEntries(
      Object.entries(details).map(([name, value]) => [
        name,
        value instanceof Error ? { message: value.message, stack: value.stack } : value,
      ]),
    );
    tell({ kind: 'log', level, details: plain, message });
  };

const log: StoreLog = { info: tellLog('info'), warn: tellLog('warn'), error: tellLog('error') };

function reasonOf(error: unknown): 'in-use' | 'refused' | 'fault' {
  if (error instanceof StoreInUse) return 'in-use';
  return error instanceof StoreRefused ? 'refused' : 'fault';
}

async function start(): Promise<void> {
  let store: RunningStore;
  try {
    store = await runStore(workerData as StoreSettings, log);
  } catch (error) {
    tell({ kind: 'failed', reason: reasonOf(error), message: (error as Error).message });
    return;
  }
  parentPort?.once('message', async () => {
    await store.close();
    tell({ kind: 'closed' });
    parentPort?.close();
  });
  tell({ kind: 'listening', uri: store.uri });
}

/** Whoever reads comes first, where cores are short: on Linux the priority is this thread's own. */
if (process.platform === 'linux') setPriority(4);

await start();
