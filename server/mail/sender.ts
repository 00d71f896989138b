// Sends what is due in the outbox. Any number of processes may run one: each mail is held by one try in one store,
// and what may have left is never sent again by itself.
// The log names mails by their identifier alone: no address, subject, link or answer of a mail server.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import addressParser from 'nodemailer/lib/addressparser';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { nextTry } from '../domain/mail-delivery.ts';
import {
  bringNear,
  giveUpLostHolds,
  type HeldMail,
  holdDueMail,
  type Settlement,
  settleMail,
} from '../store/mail-queue.ts';
import type { Store } from '../store/store.ts';
import { storeTroubleOf } from '../store/trouble.ts';
import { composeLetter, messageIdOf } from './compose.ts';
import { openFolderTransport } from './folder-transport.ts';
import { openContent } from './outbox.ts';
import type { Outcome, Transport } from './outcome.ts';
import type { RenderMail } from './render.ts';
import { defaultTimeouts, openSmtpTransport, type SmtpTimeouts } from './smtp-transport.ts';

export interface MailSender {
  /** Says that a mail was put into the outbox, so that it need not wait for the next look. */
  wake(): void;
  /** Sends everything that is due now and waits until that is done. */
  drain(): Promise<void>;
  /** Stops looking. Mails that are on their way have five seconds to arrive. */
  close(): Promise<void>;
}

export interface MailSenderOptions {
  readonly store: Store;
  readonly config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'dataDir' | 'publicUrl'>;
  readonly secret: string;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly render: RenderMail;
  /** How often it looks for mails that have become due, milliseconds; 0 leaves it to wake and drain. */
  readonly pollMs?: number;
  readonly timeouts?: SmtpTimeouts;
}

const grace = 5_000;
/** How many mails one process sends at a time: a slow one does not keep a sign-in link waiting. */
const lanes = 3;

/** How long a try holds a mail before it counts as lost: well past the longest that it can take. */
const holdFor = ({ total }: SmtpTimeouts): number => total + 5 * 60_000;

export function startMailSender(options: MailSenderOptions): MailSender {
  const { log, pollMs = 5_000 } = options;
  const timeouts = options.timeouts ?? defaultTimeouts;
  const tries = openTries({ ...options, timeouts });
  const stopped = new AbortController();
  let round: Promise<void> = Promise.resolve();
  let isWaiting = false;

  async function sendAllDue(): Promise<void> {
    isWaiting = false;
    const lost = await giveUpLostHolds(options.store, options.clock());
    await bringNear(options.store, options.clock());
    if (lost > 0) log.warn({ mails: lost }, 'mails may or may not have been sent before a stop');
    await Promise.all(Array.from({ length: lanes }, sendUntilNoneIsDue));
  }
  async function sendUntilNoneIsDue(): Promise<void> {
    while (!isClosing && (await tries.sendNext(stopped.signal))) {}
  }
  /** One round after the other. */
  function nextRound(): Promise<void> {
    isWaiting = true;
    const mine = round.then(sendAllDue);
    round = mine.catch(() => undefined);
    return mine;
  }
  let isClosing = false;
  const wake = (): void => {
    if (isClosing || isWaiting) return;
    nextRound().catch((error: unknown) => {
      // A store that is away comes back, and the next round with it.
      const level = storeTroubleOf(error) === 'away' ? 'warn' : 'error';
      log[level]({ reason: (error as Error).name }, 'the outbox could not be read or written');
    });
  };
  const timer = pollMs > 0 ? setInterval(wake, pollMs) : undefined;
  timer?.unref();
  log.info(`mail goes to ${tries.destination}`);
  if (pollMs > 0) wake();

  return {
    wake,
    drain: nextRound,
    async close() {
      isClosing = true;
      clearInterval(timer);
      const cut = setTimeout(() => stopped.abort(), grace);
      await round;
      clearTimeout(cut);
    },
  };
}

function openTries(options: MailSenderOptions & { readonly timeouts: SmtpTimeouts }) {
  const { store, config, clock, log, timeouts } = options;
  const transport = openTransport(config, timeouts);

  return {
    destination: transport.description,
    /** Tries the next mail that is due; false when none is. */
    async sendNext(signal: AbortSignal): Promise<boolean> {
      const now = clock();
      const held = await holdDueMail(store, {
        now,
        heldBy: randomUUID(),
        heldUntil: new Date(now.getTime() + holdFor(timeouts)),
      });
      if (!held) return false;
      const isTooLate = held.useUntil !== null && held.useUntil < now;
      const outcome = isTooLate ? null : await tryMail(options, transport, held, signal);
      const settlement = outcome ? toSettlement(outcome, held, clock()) : tooLate;
      await settleMail(store, held, settlement);
      const note = { mail: held.mail.id, purpose: held.mail.purpose, tries: held.mail.tries };
      if (settlement.state === 'sent') log.info(note, 'mail sent');
      else log.warn({ ...note, state: settlement.state }, 'mail not sent');
      return true;
    },
  };
}

const openTransport = (config: MailSenderOptions['config'], timeouts: SmtpTimeouts): Transport =>
  config.smtpUrl === null
    ? openFolderTransport(join(config.dataDir, 'mail'))
    : openSmtpTransport(config.smtpUrl, timeouts);

async function tryMail(
  { config, secret, clock, render }: MailSenderOptions,
  transport: Transport,
  { mail, sealed }: HeldMail,
  signal: AbortSignal,
): Promise<Outcome> {
  const date = clock();
  let raw: Buffer;
  try {
    const content = openContent(sealed ?? '', secret, mail.key);
    raw = await composeLetter({
      from: config.mailFrom,
      to: mail.to,
      written: await render(content),
      messageId: messageIdOf(mail.key, config.publicUrl),
      date,
      unsubscribe: content.unsubscribe,
    });
  } catch {
    // What went wrong may quote what the mail says, so it is not kept.
    return {
      kind: 'put-off',
      problem: sealed
        ? 'The mail could not be written. Was the secret (AUTH_SECRET) changed since it was asked for?'
        : 'What the mail says is gone.',
    };
  }
  const time = date.toISOString().replace(/[-:]|\.\d+/g, '');
  return transport.send({
    from: senderOf(config.mailFrom),
    to: mail.to,
    raw,
    name: `${time}-${mail.purpose}-${mail.id}`,
    signal,
  });
}

/** The bare address of MAIL_FROM, for the envelope. */
const senderOf = (mailFrom: string): string =>
  addressParser(mailFrom, { flatten: true })[0]?.address ?? '';

const tooLate: Settlement = {
  state: 'failed',
  problem: 'It could not be sent in time: what it says is of no use any more.',
  erase: true,
};

function toSettlement(outcome: Outcome, { mail, useUntil }: HeldMail, now: Date): Settlement {
  if (outcome.kind === 'sent') return { state: 'sent', at: now };
  const { problem } = outcome;
  if (outcome.kind !== 'put-off') return { state: outcome.kind, problem, erase: false };
  const next = nextTry(mail.tries, now, useUntil);
  return next === null
    ? { state: 'failed', problem, erase: useUntil !== null }
    : { state: 'waiting', dueAt: next, problem };
}
