// One running store: the file opened, the socket open, expired documents swept. In this thread, whichever that is.
import { chooseAddress, readAddress, removeAddress, uriOf, writeAddress } from './address.ts';
import { removeLeftAside } from './aside.ts';
import { openEngine } from './engine/engine.ts';
import { listen, type StoreLog } from './server.ts';

export interface RunningStore {
  readonly uri: string;
  /** Resolves when it has ended, wanted or not. */
  readonly gone: Promise<void>;
  close(): Promise<void>;
}

export interface StoreSettings {
  readonly folder: string;
  /** How often expired documents are looked for. */
  readonly sweepMs: number;
}

/** @throws StoreRefused, StoreInUse: see file.ts. */
export async function runStore(settings: StoreSettings, log: StoreLog): Promise<RunningStore> {
  const { folder, sweepMs } = settings;
  const engine = openEngine(folder);
  // The lock is ours, so an address that is still there belongs to a process that is gone.
  removeAddress(folder, readAddress(folder));
  removeLeftAside(folder);
  const server = await listen(engine, chooseAddress(folder), log).catch((error) => {
    engine.close();
    throw error;
  });
  writeAddress(folder, server.address);
  const timer = setInterval(() => {
    try {
      engine.sweep(new Date());
    } catch (error) {
      log.error({ err: error }, 'Expired documents could not be deleted');
    }
  }, sweepMs);
  timer.unref();
  let end = (): void => {};
  const gone = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    uri: uriOf(server.address),
    gone,
    close: async () => {
      clearInterval(timer);
      await server.close();
      removeAddress(folder, server.address);
      engine.close();
      end();
    },
  };
}
