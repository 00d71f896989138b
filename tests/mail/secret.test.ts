// The secret of an installation: set from outside, or made once and kept in a file for its owner alone.
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Config, readConfig } from '../../server/config.ts';
import { openSecret } from '../../server/secret.ts';

describe('the secret', () => {
  let folder: string;
  let config: Config;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crosswalk-secret-'));
    config = readConfig({ DATA_DIR: join(folder, 'data') });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is AUTH_SECRET where that is set, and nothing is written', async () => {
    const given = 'given by the operator, forty characters.';

    expect(await openSecret({ ...config, authSecret: given })).toBe(given);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is made once and is the same at the next start', async () => {
    const first = await openSecret(config);

    expect(first.length).toBeGreaterThanOrEqual(43);
    expect(await openSecret(config)).toBe(first);
  });

  it('can be read by its owner alone, and leaves nothing beside it', async () => {
    await openSecret(config);

    expect((await stat(join(config.dataDir, 'secret'))).mode & 0o777).toBe(0o600);
    expect(await readdir(config.dataDir)).toEqual(['secret']);
  });

  it('is one secret for processes that start at the same moment', async () => {
    const secrets = await Promise.all(Array.from({ length: 20 }, () => openSecret(config)));

    expect(new Set(secrets).size).toBe(1);
  });

  it('says in words that the kept one is damaged', async () => {
    await openSecret(config);
    await writeFile(join(config.dataDir, 'secret'), 'short');

    await expect(openSecret(config)).rejects.toThrow(/secret is damaged/);
  });
});
