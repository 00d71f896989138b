// A real mail server on a free port of this machine, which keeps what it receives and can be told to misbehave.
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { type ReceivedMail, readMailParts } from './mail-parts.ts';

export interface SmtpBehaviour {
  /** An answer other than yes: to the recipient, to the sender, or to the whole mail once it was handed over. */
  readonly refuse?: {
    readonly at: 'recipient' | 'sender' | 'message';
    readonly code: number;
    readonly text: string;
    /** Refuses these recipients alone; all when absent. */
    readonly only?: readonly string[];
  };
  /** Says nothing any more: in place of its greeting, after the recipient, or after the mail was handed over. */
  readonly hang?: 'greeting' | 'recipient' | 'message';
  /** Takes the whole mail, and cuts the connection in place of its answer. */
  readonly dropAfterData?: boolean;
  /** Takes mail only from whoever signs in with these. */
  readonly account?: { readonly user: string; readonly password: string };
  /** Cuts the connection when it is named a recipient. */
  readonly dropAtRecipient?: boolean;
}

export interface DeliveredMail extends ReceivedMail {
  /** Addresses of the envelope. */
  readonly from: string;
  readonly to: readonly string[];
}

export interface SmtpReceiver {
  /** For SMTP_URL. */
  readonly url: string;
  /** What was accepted, in order. */
  readonly mails: DeliveredMail[];
  /** What was handed over but not accepted: dropped, refused or never answered. */
  readonly unanswered: DeliveredMail[];
  /** Behaves otherwise from now on; `{}` is well. */
  behave(behaviour: SmtpBehaviour): void;
  close(): Promise<void>;
}

type Answer = (error?: Error | null) => void;

/** Starts one on 127.0.0.1; behaves well unless told otherwise. */
export async function startSmtpReceiver(start: SmtpBehaviour = {}): Promise<SmtpReceiver> {
  let behaviour = start;
  const mails: DeliveredMail[] = [];
  const unanswered: DeliveredMail[] = [];

  const server = new SMTPServer({
    disabledCommands: start.account ? ['STARTTLS'] : ['AUTH', 'STARTTLS'],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 50,
    onConnect(_session, answer) {
      if (behaviour.hang !== 'greeting') answer();
    },
    onAuth({ username, password }, _session, answer) {
      const { account } = start;
      const isRight = username === account?.user && password === account?.password;
      answer(isRight ? null : new Error('Wrong password'), { user: username });
    },
    onMailFrom(_address, _session, answer) {
      answer(refusal(behaviour, 'sender', []));
    },
    onRcptTo({ address }, session, answer) {
      if (behaviour.dropAtRecipient) return cut(server, session);
      if (behaviour.hang !== 'recipient') answer(refusal(behaviour, 'recipient', [address]));
    },
    onData(stream, session, answer) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
        const mail = { ...readMailParts(Buffer.concat(chunks).toString('utf8')), from, to };
        const refused = refusal(behaviour, 'message', to);
        const isTaken = !refused && !behaviour.dropAfterData && behaviour.hang !== 'message';
        (isTaken ? mails : unanswered).push(mail);
        if (behaviour.dropAfterData) return cut(server, session);
        if (behaviour.hang !== 'message') (answer as Answer)(refused);
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;

  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    unanswered,
    behave(next) {
      behaviour = next;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

function refusal(
  { refuse }: SmtpBehaviour,
  at: NonNullable<SmtpBehaviour['refuse']>['at'],
  recipients: readonly string[],
): Error | null {
  if (refuse?.at !== at) return null;
  if (refuse.only && !recipients.some((address) => refuse.only?.includes(address))) return null;
  return Object.assign(new Error(refuse.text), { responseCode: refuse.code });
}

function cut(server: SMTPServer, session: SMTPServerSession): void {
  for (const connection of server.connections) {
    if (connection.id === session.id) connection._socket.destroy();
  }
}
