// The map of the home page in a real browser, on the starting directory.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { paths } from '../../server/paths.ts';
import { startTestSite, type TestSite, type Visitor } from '../support/browser.ts';

let site: TestSite;

beforeAll(async () => {
  site = await startTestSite();
}, 120_000);

afterAll(() => site?.close());

/** Opens a page and waits until its map shows its places. */
async function visitMap(path: string, visitor: Visitor = {}) {
  const visit = await site.visit(path, visitor);
  await visit.page.locator('[data-module="map"]').scrollIntoViewIfNeeded();
  await visit.page.locator('[data-module="map"][data-ready]').waitFor();
  return visit;
}

/** "Memphis, TN: no group in reach" for every flag on the map, in name order. */
async function flagsOn(page: Page): Promise<string[]> {
  const names = await page
    .locator('.map-mark--city')
    .evaluateAll((marks) => marks.map((mark) => String(mark.getAttribute('aria-label'))));
  return names.sort();
}

async function flagsInList(page: Page): Promise<string[]> {
  const rows = await page.locator('#list .city-row').all();
  const names = await Promise.all(
    rows.map(async (row) => {
      const name = await row.locator('.city-row-name').innerText();
      return `${name}: ${(await row.locator('.flag-label').innerText()).toLowerCase()}`;
    }),
  );
  return names.sort();
}

describe('the map', () => {
  it('shows the same cities with the same flags as the list', async () => {
    const { page, leave } = await visitMap(paths.home);
    const shown = await flagsOn(page);

    expect(shown).toHaveLength(33);
    expect(shown).toContain('Memphis, TN: no group in reach');
    expect(shown).toEqual(await flagsInList(page));

    await leave();
  });

  it('changes with the filter in the address, as the list does', async () => {
    const { page, leave } = await visitMap(`${paths.home}?flag=no-group`);

    expect(await flagsOn(page)).toEqual([
      'Memphis, TN: no group in reach',
      'New Haven, CT: no group in reach',
    ]);
    expect(await flagsInList(page)).toEqual(await flagsOn(page));

    await leave();
  });

  it('opens a place by keyboard, and Escape gives the focus back', async () => {
    const { page, leave } = await visitMap(paths.home);
    const memphis = page.getByRole('button', { name: 'Memphis, TN: no group in reach' });

    await memphis.focus();
    await page.keyboard.press('Enter');
    const link = page.getByRole('dialog').getByRole('link', { name: 'Memphis, TN' });

    expect(await link.getAttribute('href')).toBe('/cities/memphis-tn');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Memphis, TN');

    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe(
      'Memphis, TN: no group in reach',
    );

    await leave();
  });

  it('reaches its first place by the Tab key, after a link that leads past it', async () => {
    const { page, leave } = await visitMap(paths.home);
    const skip = page.getByRole('link', { name: 'Skip past the map' });

    await skip.focus();
    let label = '';
    for (let press = 0; press < 4 && !label.includes(':'); press += 1) {
      await page.keyboard.press('Tab');
      label = await page.evaluate<string>(
        'document.activeElement.getAttribute("aria-label") ?? ""',
      );
    }

    expect(label).toMatch(/, [A-Z]{2}: /);
    expect(await skip.getAttribute('href')).toBe('#list');

    await leave();
  });

  it('lists every group of a spot that several share', async () => {
    const { page, leave } = await visitMap(`${paths.home}?map=41.88,-87.63,10`);
    const stack = page.locator('.map-mark--stack').first();
    const count = Number(await stack.innerText());

    await stack.focus();
    await page.keyboard.press('Enter');

    expect(count).toBeGreaterThan(1);
    expect(await page.getByRole('dialog').getByRole('link').count()).toBe(count);

    await leave();
  });

  it('covers no mark with another', async () => {
    const { page, leave } = await visitMap(paths.home);
    const boxes = await page.locator('.map-mark').evaluateAll((marks) =>
      marks.map((mark) => {
        const { x, y, width, height } = mark.getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2, radius: width / 2 };
      }),
    );
    const covered = boxes.flatMap((a, index) =>
      boxes
        .slice(index + 1)
        .filter((b) => Math.hypot(a.x - b.x, a.y - b.y) < Math.max(a.radius, b.radius)),
    );

    expect(boxes.length).toBeGreaterThan(33);
    expect(covered).toEqual([]);

    await leave();
  });

  it('keeps its view in the address and in the links of the legend', async () => {
    const { page, leave } = await visitMap(`${paths.home}?map=39,-95,4`);

    await page.getByRole('button', { name: 'Zoom in', exact: true }).click();
    await page.waitForURL(/map=39,-95,5$/);

    expect(await page.locator('.legend a').first().getAttribute('href')).toContain('map=39,-95,5');

    await page.reload();
    await page.locator('[data-module="map"][data-ready]').waitFor();
    await page.getByRole('button', { name: 'Zoom out', exact: true }).click();
    await page.waitForURL(/map=39,-95,4$/);

    await leave();
  });

  it('says so in words when its places cannot be loaded, and the list stands', async () => {
    const { page, leave } = await site.visit(paths.home, { failing: [paths.mapCities] });
    const status = page.getByRole('status').filter({ hasText: 'could not be loaded' });

    await status.waitFor();

    expect(await status.innerText()).toContain('The list on this page has them all');
    expect(await flagsInList(page)).toHaveLength(33);

    await leave();
  });

  it('tells readers without script where the same places are', async () => {
    const { page, leave } = await site.visit(paths.home, { script: false });

    expect(await page.getByText('The map needs JavaScript.').isVisible()).toBe(true);
    expect(await flagsInList(page)).toHaveLength(33);

    await leave();
  });

  it('leaves the wheel to the page until it is taken up', async () => {
    const { page, leave } = await visitMap(`${paths.home}?map=39,-95,4`);
    await page.locator('.map-canvas').hover();
    await page.mouse.wheel(0, 300);

    await page.getByText('hold Ctrl, to zoom').waitFor();

    expect(page.url()).toContain('map=39,-95,4');

    await leave();
  });

  it('marks on the map what is pointed at in the list', async () => {
    const { page, leave } = await visitMap(paths.home);

    await page.locator('#list').getByRole('link', { name: 'Memphis, TN' }).focus();

    expect(await page.locator('.map-mark.is-highlighted').getAttribute('aria-label')).toBe(
      'Memphis, TN: no group in reach',
    );

    await leave();
  });
});
