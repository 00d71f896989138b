// The real outbox on a store in a folder of its own, with a clock that tests move and a log that they read.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { type Config, readConfig } from '../../server/config.ts';
import { enqueueMail, type OutgoingMail } from '../../server/mail/outbox.ts';
import { openMailTemplates } from '../../server/mail/render.ts';
import { type MailSender, startMailSender } from '../../server/mail/sender.ts';
import { openStore } from '../../server/store/open-store.ts';
import type { Store } from '../../server/store/store.ts';

export interface Mailroom {
  readonly store: Store;
  readonly config: Config;
  readonly secret: string;
  readonly clock: () => Date;
  /** Every line logged so far. */
  readonly logged: string[];
  /** Moves the clock on. */
  pass(minutes: number): void;
  enqueue(mail?: Partial<OutgoingMail>): Promise<{ id: string; added: boolean }>;
  /** One that looks only when it is told to; on a way of its own into the store where one is given. */
  startSender(ownStore?: Store): MailSender;
  /** The same store once more, as another process would open it. */
  joinStore(): Promise<Store>;
  close(): Promise<void>;
}

export const personalLink =
  'https://crosswalk.example/respond/J3kq0Zx1T9mB7vYc5LwPnE8sRd2hGf6aUiOo4tKpXyQ';

/** A reminder to Ada of the Urban Data Center, or what the overrides make of it. */
export const aMail = (overrides: Partial<OutgoingMail> = {}): OutgoingMail =>
  ({
    key: 'reminder 2026-07 urban-data-center 1',
    to: 'ada@urban.example',
    purpose: 'reminder',
    about: { kind: 'partner', slug: 'urban-data-center' },
    wave: '2026-07',
    template: 'reminder',
    data: {
      partnerName: 'Urban Data Center',
      waveName: 'Civic tech survey, July 2026',
      link: personalLink,
      closes: '2026-07-31',
    },
    ...overrides,
  }) as OutgoingMail;

/** Opens one; `smtpUrl` null writes mails to the mail folder. */
export async function openMailroom(smtpUrl: string | null): Promise<Mailroom> {
  const folder = await mkdtemp(join(tmpdir(), 'crosswalk-mailroom-'));
  const config: Config = {
    ...readConfig({
      DATA_DIR: folder,
      PUBLIC_URL: 'https://crosswalk.example',
      MAIL_FROM: 'Crosswalk <crosswalk@crosswalk.example>',
    }),
    smtpUrl,
  };
  const logged: string[] = [];
  const log: Logger = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) });
  const store = await openStore(config, pino({ level: 'silent' }));
  const senders: MailSender[] = [];
  const joinedStores: Store[] = [];
  const secret = 'a secret of at least thirty-two characters';
  let now = new Date('2026-07-01T09:00:00Z');
  const clock = (): Date => now;

  return {
    store,
    config,
    secret,
    clock,
    logged,
    pass(minutes) {
      now = new Date(now.getTime() + minutes * 60_000);
    },
    enqueue: (mail) => enqueueMail(store, aMail(mail), { secret, clock }),
    async joinStore() {
      const joined = await openStore(config, pino({ level: 'silent' }));
      joinedStores.push(joined);
      return joined;
    },
    startSender(ownStore = store) {
      const sender = startMailSender({
        store: ownStore,
        config,
        secret,
        clock,
        log,
        render: openMailTemplates(config),
        pollMs: 0,
        timeouts: { connection: 400, silence: 400, total: 2_000 },
      });
      senders.push(sender);
      return sender;
    },
    async close() {
      await Promise.all(senders.map((sender) => sender.close()));
      await Promise.all(joinedStores.map((joined) => joined.close()));
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
