// The mail sender on a real queue and a mail server of the tests: each mail once, tries again, what is lost,
// bounced or of no use any more, and nothing private in logs. The words of the mails are in texts.test.ts.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pauses } from '../../server/domain/mail-delivery.ts';
import { sendAgain } from '../../server/mail/outbox.ts';
import { holdDueMail, settleMail } from '../../server/store/mail-queue.ts';
import {
  findMail,
  findMailsAbout,
  readDeliveries,
  readMailProblems,
} from '../../server/store/mails.ts';
import { readMailParts } from '../support/mail-parts.ts';
import { type Mailroom, openMailroom, personalLink } from '../support/mailroom.ts';
import { type SmtpBehaviour, type SmtpReceiver, startSmtpReceiver } from '../support/smtp.ts';

const notAddresses = [
  'ada@urban.example\r\nBcc: all@urban.example',
  'ada@urban.example, bob@urban.example',
  'Ada <ada@urban.example>',
  'ada@urban.example>',
  '"a\r\nb"@urban.example',
  'ada',
  '',
];

const token = personalLink.split('/').at(-1) as string;

describe('the mail sender', () => {
  let receiver: SmtpReceiver;
  let room: Mailroom;

  beforeEach(async () => {
    receiver = await startSmtpReceiver();
    room = await openMailroom(receiver.url);
  });
  afterEach(async () => {
    await room.close();
    await receiver.close();
  });

  const stateOf = async (id: string) => (await findMail(room.store, id))?.state;
  const raw = () =>
    room.store.connection.collection('mails').findOne({}) as Promise<Record<string, unknown>>;

  async function expectNowhereInDataFolder(text: string): Promise<void> {
    const entries = await readdir(room.config.dataDir, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    expect(files).not.toHaveLength(0);
    for (const { parentPath, name } of files) {
      expect((await readFile(join(parentPath, name))).includes(text)).toBe(false);
    }
  }

  it('delivers what waits, with a text and an HTML part', async () => {
    const { id } = await room.enqueue();

    await room.startSender().drain();

    expect(receiver.mails).toHaveLength(1);
    const [mail] = receiver.mails;
    expect(mail?.to).toEqual(['ada@urban.example']);
    expect(mail?.from).toBe('crosswalk@crosswalk.example');
    expect(mail?.text).toContain(personalLink);
    expect(mail?.html).toContain(personalLink);
    expect(await findMail(room.store, id)).toMatchObject({
      state: 'sent',
      sentAt: room.clock(),
      problem: null,
      dueAt: null,
    });
  });

  it('names itself a program, dates the mail by the clock and gives every try one Message-ID', async () => {
    await room.enqueue({ listUnsubscribe: 'https://crosswalk.example/no-more/abc' });
    receiver.behave({ dropAfterData: true });
    await room.startSender().drain();
    const [first] = await readMailProblems(room.store);
    receiver.behave({});
    await sendAgain(room.store, first?.id ?? '', room);

    await room.startSender().drain();

    const headers = receiver.mails[0]?.headers;
    expect(headers?.get('auto-submitted')).toBe('auto-generated');
    expect(new Date(headers?.get('date') ?? '')).toEqual(room.clock());
    expect(headers?.get('message-id')).toMatch(/^<[0-9a-f]{40}@crosswalk\.example>$/);
    expect(headers?.get('message-id')).toBe(receiver.unanswered[0]?.headers.get('message-id'));
    expect(headers?.get('list-unsubscribe')).toBe('<https://crosswalk.example/no-more/abc>');
    expect(headers?.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  });

  it('sends a mail once, however often it is asked for', async () => {
    const asked = await Promise.all(Array.from({ length: 10 }, () => room.enqueue()));
    const sender = room.startSender();
    await sender.drain();
    const later = await room.enqueue();
    await sender.drain();

    expect(asked.filter(({ added }) => added)).toHaveLength(1);
    expect(new Set([...asked, later].map(({ id }) => id)).size).toBe(1);
    expect(receiver.mails).toHaveLength(1);
  });

  it('sends each of 50 mails once though two senders work at the same time', async () => {
    for (let n = 0; n < 50; n += 1) {
      await room.enqueue({ key: `reminder ${n}`, to: `person${n}@urban.example` });
    }

    const other = await room.joinStore();
    await Promise.all([room.startSender().drain(), room.startSender(other).drain()]);

    const addresses = receiver.mails.flatMap(({ to }) => to);
    expect(addresses).toHaveLength(50);
    expect(new Set(addresses).size).toBe(50);
  }, 20_000);

  it('takes sign-in links before everything else', async () => {
    await room.enqueue();
    room.pass(1);
    await room.enqueue({
      key: 'sign-in 1',
      purpose: 'sign-in',
      template: 'sign-in',
      data: { link: personalLink, minutes: 15 },
    });

    const held = await holdDueMail(room.store, {
      now: room.clock(),
      heldBy: 'a try',
      heldUntil: room.clock(),
    });

    expect(held?.mail.purpose).toBe('sign-in');
  });

  it.each<[string, SmtpBehaviour, string]>([
    ['put off by the server', { refuse: { at: 'recipient', code: 451, text: 'Later' } }, 'waiting'],
    ['not taken at the greeting', { hang: 'greeting' }, 'waiting'],
    ['refused for good', { refuse: { at: 'recipient', code: 550, text: 'Nobody' } }, 'bounced'],
    ['cut off after it was handed over', { dropAfterData: true }, 'unsure'],
  ])('notes a mail that was %s', async (_, behaviour, state) => {
    receiver.behave(behaviour);
    const { id } = await room.enqueue();

    await room.startSender().drain();

    expect(await stateOf(id)).toBe(state);
    expect((await readMailProblems(room.store)).length).toBe(state === 'waiting' ? 0 : 1);
  });

  it('tries again after growing pauses, and gives up after the seventh try', async () => {
    receiver.behave({ refuse: { at: 'recipient', code: 451, text: 'Later' } });
    const { id } = await room.enqueue();
    const sender = room.startSender();
    await sender.drain();

    for (const [index, pause] of pauses.entries()) {
      const minutes = pause / 60_000;
      room.pass(minutes - 0.5);
      await sender.drain();
      expect((await findMail(room.store, id))?.tries).toBe(index + 1);

      room.pass(0.5);
      await sender.drain();
      expect((await findMail(room.store, id))?.tries).toBe(index + 2);
    }

    expect(await findMail(room.store, id)).toMatchObject({
      state: 'failed',
      canBeSentAgain: true,
      problem: expect.stringContaining('451'),
    });
  });

  it('delivers once when the server is well again', async () => {
    receiver.behave({ refuse: { at: 'message', code: 452, text: 'Full' } });
    const { id } = await room.enqueue();
    const sender = room.startSender();
    await sender.drain();
    receiver.behave({});

    room.pass(1);
    await sender.drain();
    room.pass(60 * 24 * 7);
    await sender.drain();

    expect(receiver.mails).toHaveLength(1);
    expect(await stateOf(id)).toBe('sent');
  });

  it('never sends by itself what may have arrived', async () => {
    receiver.behave({ dropAfterData: true });
    await room.enqueue();
    const sender = room.startSender();
    await sender.drain();
    receiver.behave({});

    room.pass(60 * 24 * 30);
    await sender.drain();

    expect(receiver.unanswered).toHaveLength(1);
    expect(receiver.mails).toHaveLength(0);
  });

  it('leaves a mail alone whose sender was lost in the middle, and shows it to staff', async () => {
    const { id } = await room.enqueue();
    const heldUntil = new Date(room.clock().getTime() + 60_000);
    await holdDueMail(room.store, { now: room.clock(), heldBy: 'a lost process', heldUntil });
    const sender = room.startSender();
    await sender.drain();
    expect(await stateOf(id)).toBe('sending');

    room.pass(2);
    await sender.drain();

    expect(receiver.mails).toHaveLength(0);
    expect(await readMailProblems(room.store)).toMatchObject([{ id, state: 'unsure' }]);
  });

  it('believes a sender that answers after it was given up', async () => {
    const { id } = await room.enqueue();
    const held = await holdDueMail(room.store, {
      now: room.clock(),
      heldBy: 'a slow process',
      heldUntil: room.clock(),
    });
    room.pass(1);
    await room.startSender().drain();

    if (held) await settleMail(room.store, held, { state: 'sent', at: room.clock() });

    expect(await stateOf(id)).toBe('sent');
  });

  it('sends again on a person’s word, to a corrected address', async () => {
    receiver.behave({
      refuse: { at: 'recipient', code: 550, text: 'Nobody', only: ['ada@urban.example'] },
    });
    const { id } = await room.enqueue();
    const sender = room.startSender();
    await sender.drain();

    const isQueued = await sendAgain(room.store, id, { ...room, to: 'grace@urban.example' });
    await sender.drain();

    expect(isQueued).toBe(true);
    expect(receiver.mails.map(({ to }) => to)).toEqual([['grace@urban.example']]);
    expect(await sendAgain(room.store, id, room)).toBe(false);
  });

  it('has nothing to send again for an identifier that names no mail', async () => {
    for (const id of ['', 'no-such-mail', '0123456789abcdef01234567']) {
      expect(await sendAgain(room.store, id, room)).toBe(false);
      expect(await findMail(room.store, id)).toBeUndefined();
    }
  });

  it('does not send what is of no use any more, and forgets it', async () => {
    const useUntil = new Date(room.clock().getTime() + 15 * 60_000);
    const { id } = await room.enqueue({ useUntil });
    room.pass(16);

    await room.startSender().drain();

    expect(receiver.mails).toHaveLength(0);
    expect(await findMail(room.store, id)).toMatchObject({
      state: 'failed',
      canBeSentAgain: false,
    });
  });

  it('keeps what a mail says sealed while it waits and nothing of it once it is sent', async () => {
    await room.enqueue();
    const waiting = JSON.stringify(await raw());
    await expectNowhereInDataFolder(token);
    await room.startSender().drain();
    const sent = await raw();

    expect(waiting).toContain('v1.');
    expect(waiting).not.toContain(token);
    expect(waiting).not.toContain('Urban Data Center');
    expect(sent['sealed']).toBeNull();
    await expectNowhereInDataFolder(token);
  });

  it('does not send what was sealed with another secret', async () => {
    const { id } = await room.enqueue();
    await room.store.connection
      .collection('mails')
      .updateOne({}, { $set: { sealed: 'v1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' } });

    await room.startSender().drain();

    expect(receiver.mails).toHaveLength(0);
    expect(await findMail(room.store, id)).toMatchObject({
      state: 'waiting',
      problem: expect.stringContaining('AUTH_SECRET'),
    });
  });

  it('logs no address, name, subject or link, whatever happens', async () => {
    const sender = room.startSender();
    const behaviours: SmtpBehaviour[] = [
      {},
      { refuse: { at: 'recipient', code: 550, text: 'No ada@urban.example' } },
      { refuse: { at: 'message', code: 451, text: `Strange: ${personalLink}` } },
      { dropAfterData: true },
    ];
    for (const [index, behaviour] of behaviours.entries()) {
      receiver.behave(behaviour);
      await room.enqueue({ key: `reminder ${index}` });
      await sender.drain();
    }

    const log = room.logged.join('');
    expect(log).toContain('mail sent');
    for (const personal of ['ada@', 'urban', 'Urban', token, 'respond', 'survey']) {
      expect(log).not.toContain(personal);
    }
  });

  it('refuses what is not one address, and keeps nothing of it', async () => {
    for (const to of notAddresses) {
      await expect(room.enqueue({ to })).rejects.toThrow();
    }
    expect(await raw()).toBeNull();
  });

  it('lets nobody put a header into a mail through a name, a wave or a way out', async () => {
    const evil = 'Survey\r\nBcc: all@urban.example\r\n\r\nOther text';
    await room.enqueue({
      template: 'reminder',
      data: { partnerName: evil, waveName: evil, link: personalLink, closes: '2026-07-31' },
    });
    await room.startSender().drain();

    expect(receiver.mails[0]?.headerNames).not.toContain('bcc');
    expect(receiver.mails[0]?.to).toEqual(['ada@urban.example']);
    expect(receiver.mails[0]?.subject).toContain('Survey Bcc: all@urban.example Other text');
    const listUnsubscribe = 'https://urban.example/>\r\nBcc: all@urban.example';
    await expect(room.enqueue({ key: 'other', listUnsubscribe })).rejects.toThrow();
  });

  it('finds the mails about a partner, newest first, and how a wave was delivered', async () => {
    await room.enqueue({ key: 'invitation 1', purpose: 'invitation' });
    room.pass(60);
    await room.enqueue();
    await room.enqueue({ key: 'elsewhere', about: { kind: 'partner', slug: 'other' }, wave: null });
    await room.startSender().drain();

    const mails = await findMailsAbout(room.store, { kind: 'partner', slug: 'urban-data-center' });
    const deliveries = await readDeliveries(room.store, '2026-07');

    expect(mails.map(({ purpose }) => purpose)).toEqual(['reminder', 'invitation']);
    expect([...deliveries.keys()]).toEqual(['urban-data-center']);
    expect(deliveries.get('urban-data-center')).toMatchObject({ state: 'sent', reminders: 1 });
  });

  it('takes up what comes while it works, when it is woken', async () => {
    const sender = room.startSender();
    await room.enqueue();
    sender.wake();
    await room.enqueue({ key: 'second' });
    sender.wake();

    await sender.drain();

    expect(receiver.mails).toHaveLength(2);
  });

  it('sends nothing any more once it is closed', async () => {
    const sender = room.startSender();
    await sender.close();
    await room.enqueue();

    sender.wake();
    await sender.drain();

    expect(receiver.mails).toHaveLength(0);
  });
});

describe('the mail sender without a mail server', () => {
  let room: Mailroom;
  beforeEach(async () => {
    room = await openMailroom(null);
  });
  afterEach(() => room.close());

  it('writes each mail to a file that names its time and purpose, with its link whole', async () => {
    const { id } = await room.enqueue();

    await room.startSender().drain();

    const folder = join(room.config.dataDir, 'mail');
    expect(await readdir(folder)).toEqual([`20260701T090000Z-reminder-${id}.eml`]);
    const file = await readFile(join(folder, `20260701T090000Z-reminder-${id}.eml`), 'utf8');
    expect(file.split('\r\n')).toContain(personalLink);
    expect(readMailParts(file).headers.get('to')).toBe('ada@urban.example');
    expect((await findMail(room.store, id))?.state).toBe('sent');
  });
});
