// The secret that signs sessions and seals mails: AUTH_SECRET, or one made once and kept in the data folder.
import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { type Config, inDataDir, WrongSettings } from './config.ts';

const shortest = 32;

/**
 * The same secret at every start. Two processes that start at once on one data folder agree on one.
 * @throws WrongSettings when the kept one is damaged.
 */
export async function openSecret(config: Config): Promise<string> {
  if (config.authSecret !== null) return config.authSecret;
  const file = inDataDir(config, 'secret');
  const kept = (await read(file)) ?? (await make(config, file));
  if (kept.length < shortest) {
    throw new WrongSettings([
      `${file} is damaged: it must hold at least ${shortest} characters. Put it back from a backup, or remove it; then everybody has to sign in again and personal links in waiting mails are lost.`,
    ]);
  }
  return kept;
}

async function read(file: string): Promise<string | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    await chmod(file, 0o600);
    return text.trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Written in full under another name first, then linked: nobody ever reads half a secret, and the first one stays. */
async function make(config: Config, file: string): Promise<string> {
  await mkdir(config.dataDir, { recursive: true });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${randomBytes(32).toString('base64url')}\n`);
    await handle.sync();
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await handle.close();
    await rm(draft, { force: true });
  }
  return (await read(file)) ?? '';
}
