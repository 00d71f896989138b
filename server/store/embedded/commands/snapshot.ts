// The store's own command `crosswalkSnapshot`: all that is in the store at one moment, as a store file of its own in a
// folder beside the store. Whoever asked for it reads it at leisure and removes the folder. MongoDB knows no such command.
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folderAside, removeLeftAside } from '../aside.ts';
import { type Command, checkOptions, ok } from './command.ts';

/** Other commands wait while it is written, about a second for 200 MB: reading from the snapshot holds up nobody. */
export const snapshot: Command = (call) => {
  checkOptions(call, []);
  const { file } = call.engine;
  removeLeftAside(dirname(file.path));
  const folder = folderAside(dirname(file.path));
  mkdirSync(folder, { mode: 0o700 });
  try {
    file.copyTo(join(folder, 'store.sqlite'));
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return ok({ folder });
};
