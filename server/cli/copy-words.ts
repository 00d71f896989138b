// What backup, restore and move say alike.
import { BackupRefused } from '../backup/read-backup.ts';
import { NotEmpty } from '../backup/restore.ts';
import { StoreInUse, StoreRefused } from '../store/embedded/file.ts';
import type { Tallies } from '../store/whole/tally.ts';
import { WrongInput } from './wrong-input.ts';

/** Documents in each collection. */
export const countsOf = (collections: Tallies): Record<string, number> =>
  Object.fromEntries(Object.entries(collections).map(([name, { count }]) => [name, count]));

/** Why everything in a store was not replaced, in words for whoever asked for it. */
export function refusalOf(error: unknown, folder: string): unknown {
  if (error instanceof BackupRefused) return new WrongInput(error.message);
  if (error instanceof NotEmpty) {
    return new WrongInput(
      `${error.message} Add --yes to replace them all; they are kept as a backup.`,
    );
  }
  if (error instanceof StoreInUse) {
    return new WrongInput(
      `Crosswalk is running on the data folder ${folder}. Stop it, ask again, and start it afterwards. Nothing was changed.`,
    );
  }
  if (error instanceof StoreRefused) return new WrongInput(error.message);
  return error;
}
