// How Crosswalk names itself to those whose pages it asks for, with the page that says what it is.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { paths } from '../paths.ts';
import { root } from '../root.ts';

export function userAgent({ publicUrl }: Pick<Config, 'publicUrl'>): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  return `Crosswalk/${version} (+${publicUrl}${paths.about})`;
}
