// Opens the store that the settings name for the time of one command, and closes it whatever happens.
import { pino } from 'pino';
import { type Config, readConfig } from '../config.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';

/**
 * Runs one command's work on the open store and gives back what it found.
 * @throws WrongSettings or StoreUnavailable, in words for whoever typed the command.
 */
export async function withStore<T>(work: (store: Store, config: Config) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  // The answer of a command stands on standard output; what the store logs goes to standard error.
  const log = pino({ level: 'warn', base: null }, pino.destination({ dest: 2, sync: true }));
  const store = await openStore(config, log);
  try {
    return await work(store, config);
  } finally {
    await store.close();
  }
}
