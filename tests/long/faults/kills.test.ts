// kill -9 of the whole server under writes, mails and an import, 200 times on one data folder.
import { afterAll, expect, it } from '@jest/globals';
import { killAgainAndAgain } from '../../support/kill-rounds.ts';
import { endPrograms } from '../../support/program.ts';

const kills = Number(process.env['CROSSWALK_KILLS'] ?? 200);

afterAll(endPrograms);

it('loses nothing that was acknowledged and doubles nothing over 200 kills', async () => {
  const report = await killAgainAndAgain(kills);

  expect(report.wrong).toEqual([]);
  expect(report.acknowledged).toBeGreaterThan(kills);
  expect(report.importsCut).toBeGreaterThan(kills / 20);
  console.info(report);
}, 14_400_000);
