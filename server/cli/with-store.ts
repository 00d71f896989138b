// Opens the store that the settings name for the time of one command, and closes it whatever happens.
import { type Config, readConfig } from '../config.ts';
import { openStore, openStoreAsItIs } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { quietLog } from './quiet-log.ts';

type Work<T> = (store: Store, config: Config) => Promise<T>;

/**
 * Runs one command's work on the open store and gives back what it found.
 * @throws WrongSettings or StoreUnavailable, in words for whoever typed the command.
 */
export const withStore = <T>(work: Work<T>): Promise<T> => withOpened(openStore, work);

/** The same, on a store whose documents may be of an older shape: they are left as they are. */
export const withStoreAsItIs = <T>(work: Work<T>): Promise<T> => withOpened(openStoreAsItIs, work);

async function withOpened<T>(open: typeof openStore, work: Work<T>): Promise<T> {
  const config = readConfig(process.env);
  const store = await open(config, quietLog());
  try {
    return await work(store, config);
  } finally {
    await store.close();
  }
}
