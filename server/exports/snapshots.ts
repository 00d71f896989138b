// Dated snapshots of all public tables, one ZIP for each day on which something public had changed, in
// DATA_DIR/snapshots. With several machines on one MongoDB, that folder has to be a shared one.
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import { type Config, inDataDir } from '../config.ts';
import type { Day } from '../domain/dates.ts';
import { type ArchiveFile, packArchive } from './archive.ts';

export interface Snapshot {
  readonly day: Day;
  /** Of the ZIP. */
  readonly bytes: number;
}

const folderOf = (config: Config): string => inDataDir(config, 'snapshots');
const fileOf = (config: Config, day: Day): string => inDataDir(config, 'snapshots', `${day}.zip`);

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/** Newest first; none where none was made yet. */
export async function listSnapshots(config: Config): Promise<Snapshot[]> {
  const names = await readdir(folderOf(config)).catch(absentIsEmpty);
  const days = names
    .flatMap((name) => (name.endsWith('.zip') ? [name.slice(0, -'.zip'.length)] : []))
    .filter((day) => dayPattern.test(day))
    .sort()
    .reverse();
  return Promise.all(
    days.map(async (day) => ({ day, bytes: (await stat(fileOf(config, day))).size })),
  );
}

/** Undefined for a day without one, and for what is no day. */
export async function readSnapshot(config: Config, day: string): Promise<Buffer | undefined> {
  if (!dayPattern.test(day)) return undefined;
  return readFile(fileOf(config, day)).catch(absentIsNothing);
}

/**
 * Keeps the files as the snapshot of the day, unless the newest one says the same.
 * @returns whether a snapshot was made
 */
export async function keepSnapshot(
  config: Config,
  day: Day,
  files: readonly ArchiveFile[],
): Promise<boolean> {
  const [newest] = await listSnapshots(config);
  const before = newest && (await readSnapshot(config, newest.day));
  if (before && saysTheSame(before, files)) return false;
  await writeWhole(fileOf(config, day), await packArchive(files, day), folderOf(config));
  return true;
}

/** The README names the day and the revision, which move without anything having changed. */
function saysTheSame(zip: Uint8Array, files: readonly ArchiveFile[]): boolean {
  const tables = files.filter(({ name }) => name !== 'README.txt');
  const kept = unzipSync(zip, { filter: ({ name }) => name !== 'README.txt' });
  return (
    Object.keys(kept).length === tables.length &&
    tables.every(({ name, text }) => {
      const bytes = kept[name];
      return bytes !== undefined && Buffer.from(text).equals(bytes);
    })
  );
}

/** Written aside and moved when it is whole and on disk, so that nobody downloads half of it. */
async function writeWhole(path: string, bytes: Uint8Array, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const aside = `${path}.${randomUUID()}`;
  try {
    const file = await open(aside, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } finally {
    await rm(aside, { force: true });
  }
}

const isAbsent = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

function absentIsEmpty(error: unknown): string[] {
  if (isAbsent(error)) return [];
  throw error;
}

function absentIsNothing(error: unknown): undefined {
  if (isAbsent(error)) return undefined;
  throw error;
}
