// The mails that were written to files, where no mail server is set: they hold addresses and go with them.
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { mentions } from '../domain/mentions.ts';

const folderOf = ({ dataDir }: Pick<Config, 'dataDir'>): string => join(dataDir, 'mail');

async function filesIn(config: Pick<Config, 'dataDir'>): Promise<string[]> {
  const names = await readdir(folderOf(config)).catch((): string[] => []);
  return names.filter((name) => name.endsWith('.eml')).map((name) => join(folderOf(config), name));
}

/** Removes the files in which an address stands. */
export async function removeMailFilesWith(
  config: Pick<Config, 'dataDir'>,
  address: string,
): Promise<void> {
  for (const file of await filesIn(config)) {
    // Long lines are folded with "=" at their end, and "@" may be written as "=40".
    const raw = await readFile(file, 'latin1').catch(() => '');
    const text = raw.replace(/=\r?\n/g, '').replace(/=40/g, '@');
    if (mentions(text, address)) await rm(file, { force: true });
  }
}

/** Removes the files that were written before then. */
export async function removeOldMailFiles(
  config: Pick<Config, 'dataDir'>,
  before: Date,
): Promise<void> {
  for (const file of await filesIn(config)) {
    const found = await stat(file).catch(() => undefined);
    if (found && found.mtime < before) await rm(file, { force: true });
  }
}
