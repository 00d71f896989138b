// Where the project's own files are, for code that runs from dist/, from a test or from a worker.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function findRoot(from: string): string {
  if (existsSync(join(from, 'package.json')) && existsSync(join(from, 'views'))) return from;
  const parent = dirname(from);
  if (parent === from)
    throw new Error('Crosswalk cannot find its own folder (package.json and views/).');
  return findRoot(parent);
}

/** Absolute path of the project's folder. */
export const root = findRoot(dirname(fileURLToPath(import.meta.url)));

/** Absolute path of what the build made. */
export const built = join(root, 'dist');
