// One gap from the morning on which it is found to the day on which it closes, with a real mail server, over HTTP.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import { outreachPath, paths, withQuery } from '../../server/paths.ts';
import { readOutreachOf } from '../../server/store/outreach.ts';
import { appendReport } from '../../server/store/put-records.ts';
import { programWriter } from '../../server/store/writer.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aGroup, aPartner, aReport, someRecords } from '../support/builders.ts';
import { type SignedInPerson, signInAs } from '../support/sign-in.ts';
import { type SmtpReceiver, startSmtpReceiver } from '../support/smtp.ts';

const city = 'tulsa-ok';
const here = outreachPath(city);

let smtp: SmtpReceiver;
let app: TestApp;
let ana: SignedInPerson;

beforeAll(async () => {
  smtp = await startSmtpReceiver();
  app = await startTestApp({
    config: { smtpUrl: smtp.url },
    records: someRecords({
      partners: [
        aPartner({ topics: ['housing'], contacts: ['data@tulsa.example', 'lee@tulsa.example'] }),
      ],
      groups: [aGroup({ topics: ['Housing'], contacts: ['hello@code.example'] })],
      reports: [aReport({ level: 'none', barriers: ['no-time'], date: '2026-10-01' })],
    }),
  });
  ana = await signInAs(app, { staff: true, address: 'ana@urban.example' });
});
afterAll(async () => {
  await app?.close();
  await smtp?.close();
});

const read = async (address: string) => load((await ana.agent.get(address)).text);
const queue = async () =>
  (await read(paths.staff.home))('tbody th a')
    .toArray()
    .map((link) => load(link).text());
const typedIn = async (selector: string) => String((await read(here))(selector).val());

describe('the way of a gap', () => {
  it('begins in the queue, and leaves it with an owner', async () => {
    expect(await queue()).toEqual(['Tulsa, OK']);

    await ana.agent.post(paths.staff.assignGaps).type('form').send({ owner: ana.id, city });

    expect(await queue()).toEqual([]);
  });

  it('goes on with a draft that has the facts in it', async () => {
    const $ = await read(here);
    const body = $('#body-introduction').text();

    expect(body).toContain('Hello Tulsa Data Center, hello Code for Tulsa,');
    expect(body).toContain('- Both work on housing');
    expect($('main').text()).toContain('We have no time for it');
    expect(
      $('#to-introduction input')
        .toArray()
        .map((box) => $(box).attr('value')),
    ).toEqual(['data@tulsa.example', 'lee@tulsa.example', 'hello@code.example']);
  });

  it('sends what was written, once, with the answer going to whoever wrote it', async () => {
    const message = {
      draft: 'introduction',
      key: await typedIn('details:has(#body-introduction) input[name=key]'),
      to: ['data@tulsa.example', 'hello@code.example'],
      subject: 'Meet each other',
      body: 'Hello both,\n\nyou should talk.\n\nAna',
    };
    const send = () => ana.agent.post(`${here}/message`).type('form').send(message);

    const [first, second] = [await send(), await send()];
    await app.services.mail.drain();

    expect(first.headers['location']).toBe(withQuery(here, { done: 'sent', n: 2 }));
    expect(second.headers['location']).toBe(withQuery(here, { done: 'repeated' }));
    expect(smtp.mails.map(({ to }) => to[0]).sort()).toEqual(message.to);
    const [mail] = smtp.mails;
    expect(mail?.subject).toBe('Meet each other');
    expect(mail?.text).toContain('Hello both,\n\nyou should talk.\n\nAna\n');
    expect(mail?.headers.get('reply-to')).toBe('ana@urban.example');
    expect(mail?.headers.has('auto-submitted')).toBe(false);
    const [item] = await readOutreachOf(app.services.store, city);
    expect(item?.log.at(-1)).toMatchObject({
      kind: 'mail',
      by: ana.id,
      subject: 'Meet each other',
      text: message.body,
      to: ['Tulsa Data Center (data@tulsa.example)', 'Code for Tulsa (hello@code.example)'],
    });
  });

  it.each([
    ['to an address that is not theirs', { to: 'eve@evil.example' }],
    ['to nobody', { to: [] }],
    ['without a word', { to: 'data@tulsa.example', body: ' ' }],
  ])('sends nothing %s, and keeps what was typed', async (_case, typed) => {
    const before = smtp.mails.length;
    const form = { draft: 'partner', subject: 'A subject of my own', body: 'Words', ...typed };

    const answer = await ana.agent.post(`${here}/message`).type('form').send(form);
    await app.services.mail.drain();

    const $ = load(answer.text);
    expect(answer.status).toBe(422);
    expect($('#subject-partner').val()).toBe('A subject of my own');
    expect($('.error-summary a')).toHaveLength(1);
    expect($($('.error-summary a').attr('href') ?? '')).toHaveLength(1);
    expect(smtp.mails).toHaveLength(before);
  });

  it('ends by itself when a report of a tie comes in, and stays readable', async () => {
    const { id: _id, ...report } = aReport({ level: 'some', date: '2026-11-20' });
    await appendReport(app.services.store, report, programWriter('web', app.services.clock()));
    await app.services.directory.refresh();

    const $ = await read(here);

    expect($('.outreach-plan')).toHaveLength(0);
    expect($('main').text()).toContain('Tulsa Data Center reported: Has some contact');
    expect($('main').text()).toContain('you should talk.');
    expect((await read(paths.staff.gaps))('.listing-count').text()).toContain('0 of 0 gaps');
    expect(await queue()).toEqual([]);
  });

  it('takes no word after its end, and gives back what was typed', async () => {
    const entry = { kind: 'note', text: 'Written too late.' };

    const answer = await ana.agent.post(`${here}/entry`).type('form').send(entry);

    expect(answer.status).toBe(409);
    expect(load(answer.text)('#kept').text()).toBe('Written too late.');
  });
});
