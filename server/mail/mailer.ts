// Sending mail as the rest of the program sees it: post a mail, and it leaves with the outbox's sender.
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Store } from '../store/store.ts';
import { enqueueMail, type OutgoingMail } from './outbox.ts';
import { openMailTemplates } from './render.ts';
import { startMailSender } from './sender.ts';

export interface Mailer {
  /**
   * Puts a mail into the outbox, once per key, and says that it is due.
   * @returns whether it is new
   * @throws ZodError when the address or what the template is filled with is wrong
   */
  post(mail: OutgoingMail): Promise<boolean>;
  /** Says that mails were made due in another way. */
  wake(): void;
  /** Sends everything that is due now and waits until that is done. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** @param pollMs how often to look for mails that became due; 0 leaves it to post, wake and drain */
export function openMailer(options: {
  readonly store: Store;
  readonly config: Config;
  readonly secret: string;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly pollMs?: number;
}): Mailer {
  const { store, config, secret, clock } = options;
  const sender = startMailSender({ ...options, render: openMailTemplates(config) });
  return {
    async post(mail) {
      const { added } = await enqueueMail(store, mail, { secret, clock });
      if (added) sender.wake();
      return added;
    },
    wake: () => sender.wake(),
    drain: () => sender.drain(),
    close: () => sender.close(),
  };
}
