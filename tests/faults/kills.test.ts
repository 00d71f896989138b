// kill -9 of the whole server under writes, mails and an import, a few times; `npm run test:long` does it 200 times.
import { afterAll, expect, it } from '@jest/globals';
import { killAgainAndAgain } from '../support/kill-rounds.ts';
import { endPrograms } from '../support/program.ts';

afterAll(endPrograms);

it('loses nothing that was acknowledged and doubles nothing over 2 kills', async () => {
  const report = await killAgainAndAgain(2);

  expect(report.wrong).toEqual([]);
  expect(report.acknowledged).toBeGreaterThan(0);
}, 300_000);
