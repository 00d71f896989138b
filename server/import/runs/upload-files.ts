// The files of uploads on disk: each under the identifier of its upload, whatever the browser called it.
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hashOf } from '../prepare.ts';
import { RefusedFile } from '../read/refused.ts';

/** Bytes of one uploaded file at most. */
export const mostUploaded = 25 * 1024 * 1024;
/** Days after which an upload that nobody accepted is removed. */
export const uploadDays = 7;

export const uploadFolder = (dataDir: string): string => join(dataDir, 'uploads');

export const isUploadId = (text: string): boolean => /^[0-9a-f]{24}$/.test(text);

export async function makeUploadFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

/**
 * @param hash of the file that was uploaded; '' where it is not known yet
 * @throws RefusedFile where the file is gone, or is another one
 */
export async function readUploaded(folder: string, id: string, hash: string): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(join(folder, id));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new RefusedFile('The uploaded file is not on this machine any more. Upload it again.');
  }
  if (hash !== '' && hashOf(bytes) !== hash) {
    throw new RefusedFile('The file on disk is not the one that was uploaded. Upload it again.');
  }
  return bytes;
}

/** The file and the previews that were made of it. */
export async function removeFiles(folder: string, id: string): Promise<void> {
  for (const name of await filesIn(folder)) {
    if (name === id || name.startsWith(`${id}.`)) await rm(join(folder, name), { force: true });
  }
}

/** Previews alone; the file stays. */
export async function removePreviews(folder: string, id: string): Promise<void> {
  for (const name of await filesIn(folder)) {
    if (name.startsWith(`${id}.`)) await rm(join(folder, name), { force: true });
  }
}

/** What no upload knows, and was left there some time ago. */
export async function removeStrays(
  folder: string,
  known: ReadonlySet<string>,
  before: Date,
): Promise<void> {
  for (const name of await filesIn(folder)) {
    if (known.has(name.split('.')[0] ?? '')) continue;
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found && found.mtime < before) await rm(path, { force: true });
  }
}

async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
