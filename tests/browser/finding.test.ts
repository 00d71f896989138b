// Finding a group as a visitor does, in a real browser with no network but the site itself.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { flags } from '../../server/domain/words.ts';
import { paths } from '../../server/paths.ts';
import { flagLabel } from '../../server/web/format.ts';
import { startTestSite, type TestSite } from '../support/browser.ts';

let site: TestSite;

beforeAll(async () => {
  site = await startTestSite();
}, 120_000);

afterAll(() => site?.close());

describe('finding a group', () => {
  it.each([true, false])(
    'works with nothing but the site itself, with script: %s',
    async (script) => {
      const { page, outside, complaints, leave } = await site.visit(paths.home, { script });

      await page.getByLabel('City, state or ZIP code').fill('Springfield, MO');
      await page.getByRole('button', { name: 'Find groups' }).click();
      await page.waitForURL('**/find?place=Springfield%2C+MO');

      expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain(
        'Springfield, MO',
      );
      expect(await page.locator('main a[href^="/groups/"]').count()).toBeGreaterThan(0);
      expect(outside).toEqual([]);
      expect(complaints).toEqual([]);

      await leave();
    },
  );

  it('offers places while typing, to be picked by keyboard', async () => {
    const { page, leave } = await site.visit(paths.home);
    const field = page.getByRole('combobox', { name: 'City, state or ZIP code' });

    await field.pressSequentially('Springfield, M');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    const picked = await page.getByRole('option', { selected: true }).innerText();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/find?place=*');

    expect(picked).toMatch(/^Springfield, M/);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain(picked);

    await leave();
  });

  it('sends what was typed when no suggestion is picked', async () => {
    const { page, leave } = await site.visit(paths.home, { failing: [paths.api.places] });

    await page.getByLabel('City, state or ZIP code').pressSequentially('Tulsa');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/find?place=Tulsa');

    await leave();
  });

  it('closes the suggestions on Escape and keeps what was typed', async () => {
    const { page, leave } = await site.visit(paths.home);
    const field = page.getByRole('combobox');

    await field.pressSequentially('Tul');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Escape');

    expect(await page.getByRole('option').count()).toBe(0);
    expect(await field.getAttribute('aria-expanded')).toBe('false');
    expect(await field.inputValue()).toBe('Tul');

    await leave();
  });

  it('uses the visitor’s own place to a hundred metres', async () => {
    const position = { latitude: 36.153981, longitude: -95.992775 };
    const { page, leave } = await site.visit(paths.home, { position });

    await page.getByRole('button', { name: 'Use my location' }).click();
    await page.waitForURL('**/find?lat=36.154&lng=-95.993');

    expect(await page.getByRole('link', { name: 'Code for Tulsa' }).count()).toBeGreaterThan(0);

    await leave();
  });

  it('says so in words when the visitor shares no place', async () => {
    const { page, leave } = await site.visit(paths.home);

    await page.getByRole('button', { name: 'Use my location' }).click();
    const status = page.getByRole('status').filter({ hasText: 'Type a place instead' });
    await status.waitFor();

    await leave();
  });

  it('hides the location button from visitors without script', async () => {
    const { page, leave } = await site.visit(paths.home, { script: false });

    expect(await page.getByRole('button', { name: 'Use my location' }).count()).toBe(0);

    await leave();
  });
});

describe('the key of the map', () => {
  it('calls the flags what every other part of the page calls them', async () => {
    const { page, leave } = await site.visit(paths.home, { script: false });
    const rows = await page
      .locator('.map-key [data-flag]')
      .evaluateAll((found) =>
        found.map((row) => [row.getAttribute('data-flag'), row.textContent?.trim()]),
      );

    expect(rows).toEqual(flags.map((flag) => [flag, flagLabel(flag)]));

    await leave();
  });
});
