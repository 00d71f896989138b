// A restore killed at sixty moments from its first step to its end leaves one whole store or the other.
import { afterAll, expect, it } from '@jest/globals';
import { temporaryFolder } from '../../support/document-stores.ts';
import { killRestores } from '../../support/killed-restores.ts';

const [folder, other] = [temporaryFolder(), temporaryFolder()];
afterAll(() => {
  folder.remove();
  other.remove();
});

it('leaves the old store whole or the new one, at whichever moment it is killed', async () => {
  const found = await killRestores(folder.path, other.path, { kills: 60, spread: 10 });

  expect(new Set(found)).toEqual(new Set(['old', 'new']));
}, 600_000);
