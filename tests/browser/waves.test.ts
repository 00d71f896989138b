// The pages of a wave with answers, and those that show reports, in a real browser: audited at every size.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestSite, type TestSite } from '../support/browser.ts';
import {
  aFrozenWave,
  aGroup,
  aPartner,
  aReport,
  aVerdict,
  aWave,
  someRecords,
} from '../support/builders.ts';
import { findFaults } from '../support/page-faults.ts';

const id = 'd'.repeat(24);
let site: TestSite;

beforeAll(async () => {
  site = await startTestSite({
    records: someRecords({
      partners: [aPartner(), aPartner({ slug: 'enid', name: 'Enid Facts', city: 'enid-ok' })],
      groups: [aGroup()],
      waves: [
        aWave({ slug: '2025-06', asked: ['tulsa-data-center', 'enid'] }),
        aWave({ slug: '2026-06', state: 'open', asked: ['tulsa-data-center', 'enid'] }),
      ],
      reports: [
        aReport({ wave: '2025-06', date: '2025-06-04', level: 'none' }),
        aReport({ wave: '2026-06', date: '2026-06-04', level: 'unaware' }),
        aReport({
          id,
          wave: '2026-06',
          date: '2026-06-05',
          groups: ['code-for-tulsa'],
          gave: ['data'],
          publicNote: 'We meet each month.',
        }),
      ],
      verdicts: [aVerdict({ report: id })],
      frozenWaves: [aFrozenWave({ wave: '2025-06' })],
    }),
  });
}, 120_000);

afterAll(() => site?.close());

describe('a page that shows answers', () => {
  it.each([
    '/surveys/2025-06',
    '/surveys/2026-06?from=none&to=some',
    '/partners/tulsa-data-center',
    '/groups/code-for-tulsa',
    '/cities/tulsa-ok',
  ])(
    'is accessible and fits every screen: %s',
    async (address) => {
      expect(await findFaults(site, address)).toEqual([]);
    },
    60_000,
  );

  it('opens the cities behind a number by a click, without script', async () => {
    const { page, leave } = await site.visit('/surveys/2026-06', { script: false });

    await page.getByRole('link', { name: /No contact then, some contact now/ }).click();

    expect(new URL(page.url()).search).toBe('?from=none&to=some');
    expect(await page.getByRole('heading', { name: /: 1 partner$/ }).isVisible()).toBe(true);
    expect(await page.locator('.transitions-chosen').innerText()).toContain('Tulsa, OK');
    await leave();
  });
});
