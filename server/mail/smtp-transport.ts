// Hands one mail to the mail server that SMTP_URL names, on a connection of its own.
// It uses nodemailer's connection rather than its transport, to know the one thing that decides whether a mail may be
// sent again: had the server asked for the mail's text (its answer to DATA) when things went wrong?
import { Readable } from 'node:stream';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Letter, Outcome, Transport } from './outcome.ts';

/** All in milliseconds. */
export interface SmtpTimeouts {
  /** Until the server is reached, and until it greets. */
  readonly connection: number;
  /** Without a sign of the server in the middle of a mail. */
  readonly silence: number;
  /** For one whole mail. */
  readonly total: number;
}

/** A server may look at a mail for a while before it takes it: giving up early leaves us unsure. */
export const defaultTimeouts: SmtpTimeouts = {
  connection: 20_000,
  silence: 120_000,
  total: 240_000,
};

/** @throws when the address cannot be read. */
export function openSmtpTransport(url: string, timeouts: SmtpTimeouts): Transport {
  const named = parseConnectionUrl(url);
  const options = {
    requireTLS: needsTls(url, named),
    ...named,
    connectionTimeout: timeouts.connection,
    greetingTimeout: timeouts.connection,
    dnsTimeout: timeouts.connection,
    socketTimeout: timeouts.silence,
    logger: false,
  };
  return {
    description: `SMTP server ${options.host ?? 'localhost'}`,
    send: (letter) => handOver(new SMTPConnection(options), options.auth, letter, timeouts.total),
  };
}

type Login = ReturnType<typeof parseConnectionUrl>['auth'];

function handOver(
  connection: SMTPConnection,
  login: Login,
  { from, to, raw, signal }: Letter,
  limitMs: number,
): Promise<Outcome> {
  let handedOver = false;
  const message = new Readable({
    // Asked for only once the server has answered DATA with "go ahead".
    read() {
      handedOver = true;
      this.push(raw);
      this.push(null);
    },
  });
  return new Promise((resolve) => {
    const settle = (outcome: Outcome): void => {
      clearTimeout(limit);
      signal.removeEventListener('abort', giveUp);
      if (outcome.kind === 'sent') connection.quit();
      else connection.close();
      resolve(outcome);
    };
    const fail = (error: unknown): void => settle(toOutcome(error as SmtpError, handedOver));
    const giveUp = (): void => fail({ code: 'ETIMEDOUT' });
    const limit = setTimeout(giveUp, limitMs);
    const send = (): void =>
      connection.send({ from, to: [to] }, message, (error) =>
        error ? fail(error) : settle({ kind: 'sent' }),
      );

    signal.addEventListener('abort', giveUp, { once: true });
    connection.on('error', fail);
    connection.connect((error?: unknown) => {
      if (error) fail(error);
      else if (!login || !connection.allowsAuth) send();
      else
        connection.login({ ...login, credentials: login }, (refused) =>
          refused ? fail(refused) : send(),
        );
    });
    if (signal.aborted) giveUp();
  });
}

/** A password never crosses a network in the clear, unless SMTP_URL says `?requireTLS=false`. */
function needsTls(
  url: string,
  named: { readonly auth?: unknown; readonly host?: unknown },
): boolean {
  const isNear = /^(localhost|127\.|\[?::1)/.test(String(named.host));
  return Boolean(named.auth) && !isNear && !url.startsWith('smtps:');
}

interface SmtpError {
  readonly code?: string;
  readonly originalCode?: string;
  /** The SMTP command that was refused. */
  readonly command?: string;
  /** The server's answer: "550 5.1.1 No such user". */
  readonly response?: string;
  readonly responseCode?: number;
}

/** Refusals at RCPT TO that speak of us, not of the recipient: wrong order, and not signed in. */
const notAboutRecipient = new Set([503, 530, 535, 538]);

function toOutcome(error: SmtpError, handedOver: boolean): Outcome {
  const { responseCode, response = '', command } = error;
  if (responseCode) {
    const answer = quoteAnswer(response);
    const permanent = responseCode >= 500 && !notAboutRecipient.has(responseCode);
    return permanent && command === 'RCPT TO'
      ? { kind: 'bounced', problem: `The mail server refused the address: ${answer}` }
      : { kind: 'put-off', problem: `The mail server did not take the mail: ${answer}` };
  }
  if (handedOver) {
    return {
      kind: 'unsure',
      problem:
        'The connection was lost after the mail was handed over, before the mail server answered. It may have arrived.',
    };
  }
  if (error.code === 'ETIMEDOUT') {
    return { kind: 'put-off', problem: 'The mail server did not answer in time.' };
  }
  const reason = error.originalCode ?? error.code ?? 'unknown';
  return { kind: 'put-off', problem: `The mail server could not be reached (${reason}).` };
}

/** The server's own words for staff, short, and without addresses of pages: a filter may quote a personal link. */
const quoteAnswer = (response: string): string =>
  response
    .replace(/\S*:\/\/\S*/g, '…')
    .replace(/\s+/g, ' ')
    .slice(0, 300);
