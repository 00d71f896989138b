// Answering a survey as a partner does, in a real browser: with script, and without it by keyboard alone on a phone.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { paths, respondPath } from '../../server/paths.ts';
import { addInvitation, findInvitation } from '../../server/store/invitations.ts';
import { putWave } from '../../server/store/put-records.ts';
import { programWriter } from '../../server/store/writer.ts';
import { hashOf, personalToken } from '../../server/survey/personal-link.ts';
import { findBarriers } from '../support/accessibility.ts';
import { startTestSite, type TestSite } from '../support/browser.ts';
import { aWave } from '../support/builders.ts';
import { findFaults } from '../support/page-faults.ts';

const wave = '2026-11';
const detroit = 'data-driven-detroit';
const memphis = 'innovate-memphis';

let site: TestSite;
let partners: string[];

const linkOf = (partner: string): string =>
  respondPath(personalToken(site.services.secret, { wave, partner, issue: 1 }));
const invitationOf = async (partner: string) => findInvitation(site.services.store, wave, partner);

/** Turns the wave of this file to a state, and shows it. */
async function turnTo(state: 'open' | 'closed'): Promise<void> {
  const { store, clock, directory } = site.services;
  const slugs = { slug: wave, state, opens: '2026-11-15', closes: '2026-12-15', asked: partners };
  await putWave(store, aWave({ ...slugs, name: 'November 2026' }), programWriter('web', clock()));
  await directory.refresh();
}

beforeAll(async () => {
  site = await startTestSite();
  const { store, secret, clock, directory } = site.services;
  partners = directory
    .current()
    .partners.filter(({ status }) => status !== 'former')
    .map(({ slug }) => slug);
  await turnTo('open');
  for (const partner of partners) {
    const tokenHash = hashOf(personalToken(secret, { wave, partner, issue: 1 }));
    await addInvitation(store, { wave, partner, addresses: [], tokenHash }, clock());
  }
}, 120_000);

afterAll(() => site?.close());

/** Waits until something holds that the page did on its own. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It did not happen.');
}

describe('answering with script', () => {
  it('keeps half an answer when the page is left, takes it up again, and changes the map', async () => {
    const first = await site.visit(linkOf(detroit));
    expect((await invitationOf(detroit))?.openedAt).toBeNull();
    await first.page.getByLabel('A note for NNIP staff').fill('We were interr');
    await first.page.getByText('Kept, and not sent yet.').waitFor();
    await first.page.getByRole('radio', { name: 'We work closely with a group' }).check();
    // At once, before the pause after which it would be kept anyway.
    await first.page.goto(paths.about);
    await until(async () => (await invitationOf(detroit))?.draft?.level === 'extensive');
    expect((await invitationOf(detroit))?.openedAt).not.toBeNull();
    expect(first.complaints).toEqual([]);
    await first.leave();

    const { page, complaints, outside, leave } = await site.visit(linkOf(detroit));
    expect(await page.locator('.answer-notice').innerText()).toContain('not sent yet');
    expect(await page.getByLabel('A note for NNIP staff').inputValue()).toBe('We were interr');
    await page.locator('input[name=groups]').first().check();
    await page.getByRole('button', { name: 'Send' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Thank you' }).waitFor();
    const change = await page.locator('.flag-change-row').innerText();
    expect(change).toContain('Not reported yet');
    expect(change).toContain('Works closely with a group');
    expect(await findBarriers(page)).toEqual([]);
    expect((await invitationOf(detroit))?.draft).toBeNull();

    await page.getByRole('link', { name: 'See the map' }).click();
    await page.locator('[data-module="map"][data-ready]').waitFor();
    const mark = page.getByRole('button', { name: 'Detroit, MI: works closely with a group' });
    await mark.first().waitFor();
    expect(complaints).toEqual([]);
    expect(outside).toEqual([]);
    await leave();
  }, 60_000);

  it('loses nothing of a page that is left open after its answer was sent', async () => {
    const { page, leave } = await site.visit(linkOf(detroit));
    await page.getByLabel('A note for everybody').fill('One more thing');
    await page.getByText('Kept, and not sent yet.').waitFor();

    expect((await invitationOf(detroit))?.draft?.publicNote).toBe('One more thing');

    await leave();
  });
});

/** Presses Tab until the focus is where it should be. */
async function tabTo(page: Page, isThere: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if ((await page.locator(`:focus${isThere}`).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The keyboard never reached ${isThere}.`);
}

describe('answering without script, by keyboard alone on a phone', () => {
  it('saves for later, comes back, knows of no group, sees the nearest and changes its answer', async () => {
    const visit = await site.visit(linkOf(memphis), { width: 390, script: false });
    const { page, leave } = visit;
    await tabTo(page, '#level');
    for (let down = 0; down < 5; down += 1) await page.keyboard.press('ArrowDown');
    await tabTo(page, '#publicNote');
    await page.keyboard.type('Who is near us?');
    await tabTo(page, '[name=later]');
    await page.keyboard.press('Enter');
    await page.getByText('not sent yet').first().waitFor();
    expect(await page.getByRole('radio', { name: 'We know of no group near us' }).isChecked()).toBe(
      true,
    );

    await tabTo(page, '[name=level]');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Thank you' }).waitFor();
    expect(await page.locator('.near-choice').count()).toBe(5);

    await tabTo(page, '[name=groups]');
    await page.keyboard.press('Space');
    await tabTo(page, '[name=level][value=leads]');
    for (let down = 0; down < 3; down += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.answer-history').waitFor();
    expect(await page.locator('.answer-history li').allInnerTexts()).toEqual([
      '22 November 2026: We know of no group near us',
      '22 November 2026: We have some contact',
    ]);
    expect(await page.locator('.flag-change-row').innerText()).toContain('Some contact');
    await leave();
  }, 60_000);
});

describe('every page of a personal link', () => {
  it('is accessible and fits every screen, the refused form and the closed survey too', async () => {
    const other = partners.find((slug) => slug !== detroit && slug !== memphis) ?? '';
    expect(await findFaults(site, linkOf(other))).toEqual([]);

    const refused = await site.visit(linkOf(other), { width: 390, dark: true });
    await refused.page.getByRole('button', { name: 'Send' }).first().click();
    await refused.page.getByRole('alert').waitFor();
    await refused.page.getByRole('link', { name: 'Choose how you work' }).click();
    expect(await refused.page.locator('#level:focus').count()).toBe(1);
    expect(await findBarriers(refused.page)).toEqual([]);
    await refused.page.getByRole('radio', { name: 'We know of no group near us' }).check();
    await refused.page.getByRole('button', { name: 'Send' }).first().click();
    await refused.page.getByRole('heading', { level: 1, name: 'Thank you' }).waitFor();
    expect(await findFaults(site, refused.page.url().slice(site.origin.length))).toEqual([]);
    await refused.leave();

    await turnTo('closed');
    const closed = await site.visit(linkOf(other));
    await closed.page.getByRole('heading', { level: 1, name: 'is closed' }).waitFor();
    expect(await findBarriers(closed.page)).toEqual([]);
    await closed.leave();
  }, 90_000);
});
