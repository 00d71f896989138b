// Reads what the application mailed into its mail folder.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestApp } from '../support/app.ts';
import { type ReceivedMail, readMailParts } from '../support/mail-parts.ts';

/** Every mail sent so far, with the one address that each went to. */
export async function readMails({
  services,
}: TestApp): Promise<readonly (ReceivedMail & { readonly to: string })[]> {
  await services.mail.drain();
  const folder = join(services.config.dataDir, 'mail');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.eml'));
  return Promise.all(
    files.map(async (name) => {
      const mail = readMailParts(await readFile(join(folder, name), 'utf8'));
      return { ...mail, to: mail.headers.get('to') ?? '' };
    }),
  );
}
