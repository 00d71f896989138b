// The program: reads the settings, starts, and says in words why it cannot.
import { readConfig, WrongSettings } from './config.ts';
import { CannotStart, start } from './start.ts';
import { StoreUnavailable } from './store/store-unavailable.ts';

try {
  await start(readConfig(process.env));
} catch (error) {
  const said =
    error instanceof CannotStart ||
    error instanceof WrongSettings ||
    error instanceof StoreUnavailable;
  console.error(said ? `Crosswalk cannot start.\n${error.message}` : error);
  process.exit(1);
}
