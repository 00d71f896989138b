// A note of how the store file was left. Checking reads all of it, which takes longer than most commands: a file that
// was closed and that nobody touched since need not be checked again. Written and read by who has the lock.
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';

const noteOf = (path: string): string => `${path}-left`;

/** Any touch changes the moment, and it cannot be set back. */
function traitsOf(path: string): string {
  const { ino, size, ctimeNs } = statSync(path, { bigint: true });
  return `${ino} ${size} ${ctimeNs}\n`;
}

/** To be called when all is in the file and nothing writes to it any more. */
export function noteAsLeft(path: string): void {
  try {
    writeFileSync(noteOf(path), traitsOf(path));
  } catch {
    // Without a note the file is checked.
  }
}

export function isAsLeft(path: string): boolean {
  const note = noteOf(path);
  return (
    existsSync(note) && !existsSync(`${path}-wal`) && readFileSync(note, 'utf8') === traitsOf(path)
  );
}

/** To be called before anything is written. */
export function forgetAsLeft(path: string): void {
  rmSync(noteOf(path), { force: true });
}
