// What is wrong with a page in a real browser: for people who cannot see it well, on wide and narrow screens,
// in light and dark, and in the browser's own console.
import { findBarriers } from './accessibility.ts';
import type { TestSite, Visitor } from './browser.ts';

/** Width and colours are independent of each other, so two screens show what four would. */
const screens = [
  { width: 1280, height: 900, colorScheme: 'light' },
  { width: 390, height: 844, colorScheme: 'dark' },
] as const;

/** Each page is audited on one screen, in turn; with EVERY_SCREEN set, as `npm run test:long` does, on both. */
const audits = process.env['EVERY_SCREEN'] ? screens.length : 1;
let turn = 0;

/** One line for each fault; none when all is well. */
export async function findFaults(
  site: TestSite,
  address: string,
  visitor: Pick<Visitor, 'cookie'> = {},
): Promise<string[]> {
  const { page, complaints, outside, leave } = await site.goOn(address, visitor);
  const faults: string[] = [];
  if (page.url() !== new URL(address, site.origin).href) faults.push(`led to ${page.url()}`);
  const map = page.locator('[data-module="map"]');
  if (await map.first().isVisible()) {
    await map.first().scrollIntoViewIfNeeded();
    await page.locator('[data-module="map"][data-ready]').waitFor();
  }
  turn += 1;
  for (const [place, { width, height, colorScheme }] of screens.entries()) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    const isAudited = audits === screens.length || (place + turn) % screens.length === 0;
    const again = audits === screens.length && place > 0;
    const found = isAudited ? await findBarriers(page, { again }) : [];
    const overflow = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    if (overflow > 0) found.push(`is ${overflow} pixels wider than the screen`);
    faults.push(...found.map((fault) => `${width} ${colorScheme}: ${fault}`));
  }
  await leave();
  return [...faults, ...complaints, ...outside];
}
