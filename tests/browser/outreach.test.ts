// Staff close a gap as they do in the morning, in a real browser: queue, owner, draft, sent, report, closed.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { outreachPath, paths } from '../../server/paths.ts';
import { appendReport } from '../../server/store/put-records.ts';
import { programWriter } from '../../server/store/writer.ts';
import { startTestSite, type TestSite } from '../support/browser.ts';
import { aGroup, aPartner, aReport, someRecords } from '../support/builders.ts';
import { signInAs } from '../support/sign-in.ts';
import { type SmtpReceiver, startSmtpReceiver } from '../support/smtp.ts';

let site: TestSite;
let smtp: SmtpReceiver;
let cookie: string;

const cities = ['tulsa-ok', 'norman-ok'];

beforeAll(async () => {
  smtp = await startSmtpReceiver();
  site = await startTestSite({
    config: { smtpUrl: smtp.url },
    records: someRecords({
      partners: cities.map((city, index) =>
        aPartner({
          name: `Partner of ${city}`,
          city,
          lat: 35 + index,
          contacts: [`${city}@partner.example`],
        }),
      ),
      groups: [aGroup({ contacts: ['hello@code.example'] })],
    }),
  });
  cookie = (await signInAs(site, { staff: true, address: 'ana@urban.example' })).cookie;
}, 120_000);

afterAll(async () => {
  await site?.close();
  await smtp?.close();
});

describe.each([true, false])('closing a gap, with script: %s', (script) => {
  const city = script ? 'tulsa-ok' : 'norman-ok';
  const name = script ? 'Tulsa, OK' : 'Norman, OK';

  it('goes from the queue to an owner, a message and the end of the gap', async () => {
    const { page, complaints, outside, leave } = await site.visit(paths.staff.home, {
      cookie,
      script,
    });
    await page.getByRole('link', { name: 'Gaps', exact: true }).last().click();

    await page.getByRole('checkbox', { name }).press('Space');
    await page.getByLabel('Owner of the chosen cities').selectOption({ label: 'Me' });
    await page.getByRole('button', { name: 'Assign' }).click();
    await page.getByText('1 gap has a new owner.').waitFor();

    await page.getByRole('link', { name, exact: true }).first().click();
    await page.locator('summary', { hasText: 'Introducing both' }).click();
    const draft = page.locator('details', { hasText: 'Introducing both' });
    await draft.getByLabel('Message').fill('Hello both,\n\nplease meet.');
    await draft.getByRole('button', { name: 'Send' }).click();
    await page.getByText('2 messages are on the way, and in the log.').waitFor();
    await page.getByLabel('Stage').selectOption({ label: 'Introduced' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Stage: Introduced, before To do.').waitFor();
    await site.services.mail.drain();

    expect(smtp.mails.filter(({ text }) => text.includes('please meet.')).length).toBe(
      script ? 2 : 4,
    );

    const partner = `partner-of-${city}`;
    const { id: _id, ...report } = aReport({ partner, level: 'some', date: '2026-11-20' });
    const { store, clock, directory } = site.services;
    await appendReport(store, report, programWriter('web', clock()));
    await directory.refresh();
    await page.goto(outreachPath(city));
    await page.getByText('Earlier gaps').waitFor();
    await page.goto(paths.staff.gaps);

    expect(await page.getByRole('link', { name, exact: true }).count()).toBe(0);
    expect(outside).toEqual([]);
    expect(complaints).toEqual([]);

    await leave();
  });
});
