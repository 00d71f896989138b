// Handing one mail to a mail server, or to a folder where there is none, and what each outcome means.
// When a mail is tried again is in sender.test.ts.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { composeLetter } from '../../server/mail/compose.ts';
import { openFolderTransport } from '../../server/mail/folder-transport.ts';
import { openSmtpTransport } from '../../server/mail/smtp-transport.ts';
import { readMailParts } from '../support/mail-parts.ts';
import { type SmtpBehaviour, type SmtpReceiver, startSmtpReceiver } from '../support/smtp.ts';

const short = { connection: 400, silence: 400, total: 2_000 };
const letter = {
  from: 'Crosswalk <crosswalk@example.org>',
  to: 'ada@example.org',
  written: { subject: 'Grüße', text: 'Text: .\n.\nénd\n', html: '<p>HTML</p>' },
  messageId: '<1@example.org>',
  date: new Date('2026-07-01T09:00:00Z'),
  unsubscribe: null,
};

describe('handing a mail to a mail server', () => {
  let receiver: SmtpReceiver | undefined;
  afterEach(() => receiver?.close());

  async function sendTo(url: string, signal = new AbortController().signal) {
    const raw = await composeLetter(letter);
    return openSmtpTransport(url, short).send({
      from: 'crosswalk@example.org',
      to: letter.to,
      raw,
      name: 'x',
      signal,
    });
  }

  it('delivers both parts, the subject and the envelope as they were', async () => {
    receiver = await startSmtpReceiver();

    expect(await sendTo(receiver.url)).toEqual({ kind: 'sent' });
    expect(receiver.mails).toMatchObject([
      {
        from: 'crosswalk@example.org',
        to: ['ada@example.org'],
        subject: 'Grüße',
        text: 'Text: .\n.\nénd\n',
        html: '<p>HTML</p>',
      },
    ]);
  });

  const refuse = (at: 'recipient' | 'sender' | 'message', code: number): SmtpBehaviour => ({
    refuse: { at, code, text: 'No, see https://filter.example/?token=abc' },
  });
  it.each<[string, SmtpBehaviour, string, RegExp]>([
    ['a recipient put off for now (451)', refuse('recipient', 451), 'put-off', /451/],
    ['a recipient refused for good (550)', refuse('recipient', 550), 'bounced', /550/],
    ['no sign-in at the recipient (530)', refuse('recipient', 530), 'put-off', /530/],
    ['a sender refused (550)', refuse('sender', 550), 'put-off', /550/],
    ['the whole mail put off (452)', refuse('message', 452), 'put-off', /452/],
    ['the whole mail refused (554)', refuse('message', 554), 'put-off', /554/],
    ['no greeting', { hang: 'greeting' }, 'put-off', /in time/],
    ['silence after the recipient', { hang: 'recipient' }, 'put-off', /in time/],
    ['silence after the mail', { hang: 'message' }, 'unsure', /may have arrived/],
    ['a cut at the recipient', { dropAtRecipient: true }, 'put-off', /could not be reached/],
    ['a cut after the mail', { dropAfterData: true }, 'unsure', /may have arrived/],
  ])('answers %s with the right outcome', async (_, behaviour, kind, problem) => {
    receiver = await startSmtpReceiver(behaviour);

    const outcome = await sendTo(receiver.url);

    expect(outcome).toEqual({ kind, problem: expect.stringMatching(problem) });
    expect(JSON.stringify(outcome)).not.toContain('token=abc');
  });

  it.each([
    ['right', 'ada:right%20one@', { kind: 'sent' }],
    ['wrong', 'ada:wrong@', { kind: 'put-off', problem: expect.stringContaining('535') }],
    ['missing', '', { kind: 'put-off', problem: expect.stringContaining('530') }],
  ])('signs in with what SMTP_URL says: %s', async (_, login, outcome) => {
    receiver = await startSmtpReceiver({ account: { user: 'ada', password: 'right one' } });

    expect(await sendTo(receiver.url.replace('//', `//${login}`))).toEqual(outcome);
  });

  it('never shows the password in what it is described as', () => {
    const transport = openSmtpTransport('smtp://ada:secret@mail.example:587', short);

    expect(transport.description).toBe('SMTP server mail.example');
  });

  it('puts the mail off when nothing listens', async () => {
    const gone = await startSmtpReceiver();
    await gone.close();

    expect(await sendTo(gone.url)).toEqual({
      kind: 'put-off',
      problem: 'The mail server could not be reached (ECONNREFUSED).',
    });
  });

  it('puts off what had not been handed over when it is told to end', async () => {
    receiver = await startSmtpReceiver({ hang: 'recipient' });

    expect(await sendTo(receiver.url, AbortSignal.abort())).toMatchObject({ kind: 'put-off' });
  });
});

describe('writing a mail to the mail folder', () => {
  let folder: string | undefined;
  afterEach(async () => {
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  const writeTo = async (where: string) =>
    openFolderTransport(where).send({
      from: 'crosswalk@example.org',
      to: letter.to,
      raw: await composeLetter(letter),
      name: '20260701T090000Z-sign-in-1',
      signal: new AbortController().signal,
    });

  it('makes one file that holds the whole mail and that its owner alone can read', async () => {
    folder = await mkdtemp(join(tmpdir(), 'crosswalk-mail-'));
    const mails = join(folder, 'mail');

    expect(await writeTo(mails)).toEqual({ kind: 'sent' });

    expect(await readdir(mails)).toEqual(['20260701T090000Z-sign-in-1.eml']);
    const file = join(mails, '20260701T090000Z-sign-in-1.eml');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(readMailParts(await readFile(file, 'utf8'))).toMatchObject({ subject: 'Grüße' });
  });

  it('puts the mail off when the folder cannot be made', async () => {
    folder = await mkdtemp(join(tmpdir(), 'crosswalk-mail-'));
    const inTheWay = join(folder, 'mail');
    await writeFile(inTheWay, 'a file');

    expect(await writeTo(inTheWay)).toMatchObject({ kind: 'put-off' });
  });
});
