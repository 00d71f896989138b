// Folders beside the store for what is read or built and then goes: a snapshot, a store that will take its place.
// One that a process left behind when it was cut off is removed later.
import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const prefix = 'aside-';

/** Nobody needs one for longer than that, milliseconds. */
const longest = 24 * 60 * 60_000;

/** A name that no other has; the folder is not made. */
export const folderAside = (storeFolder: string): string =>
  join(resolve(storeFolder), `${prefix}${randomUUID()}`);

/** Removes those that nobody can be using any more. */
export function removeLeftAside(storeFolder: string, now = Date.now()): void {
  for (const name of readdirSync(storeFolder)) {
    if (!name.startsWith(prefix)) continue;
    const path = join(storeFolder, name);
    const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now;
    if (changed < now - longest) rmSync(path, { recursive: true, force: true });
  }
}
