// Writes each mail to a file that any mail program opens: what happens to mail where no mail server is set.
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Transport } from './outcome.ts';

/** A folder of .eml files, readable by this user alone, since personal links stand in them. */
export function openFolderTransport(folder: string): Transport {
  return {
    description: `files in ${folder}`,
    async send({ raw, name }) {
      const file = join(folder, `${name}.eml`);
      const draft = `${file}.part`;
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFile(draft, raw, { mode: 0o600 });
        await rename(draft, file);
        return { kind: 'sent' };
      } catch (error) {
        await rm(draft, { force: true }).catch(() => undefined);
        const { code } = error as NodeJS.ErrnoException;
        return {
          kind: 'put-off',
          problem: `The mail could not be written to ${folder} (${code ?? 'unknown'}).`,
        };
      }
    },
  };
}
