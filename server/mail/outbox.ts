// Puts mails into the outbox. Nothing sends directly: what is here leaves with the sender, sooner or later, once.
import { z } from 'zod';
import { type MailPurpose, mailPurposes } from '../domain/mail-delivery.ts';
import { addMail, queueAgain } from '../store/mail-queue.ts';
import type { MailSubjectMatter } from '../store/mails.ts';
import type { Store } from '../store/store.ts';
import { webAddress } from './mail-text.ts';
import type { MailContent } from './render.ts';
import { seal, unseal } from './seal.ts';
import { type MailData, type MailTemplate, mailTexts } from './texts.ts';

interface OutgoingParts {
  /** Says which mail this is: `invitation 2026-07 pittsburgh`. The same key is sent once, whoever asks how often. */
  readonly key: string;
  /** One address without a name. */
  readonly to: string;
  readonly purpose: MailPurpose;
  readonly about: MailSubjectMatter | null;
  /** Slug of the wave it belongs to. */
  readonly wave?: string | null;
  /** Address that ends mails of this kind, with a GET page and a one-click POST. */
  readonly listUnsubscribe?: string;
  /** After this moment it is of no use and is not sent any more: a sign-in link that has run out. */
  readonly useUntil?: Date;
}

/** A mail to be sent; its data fits its template. */
export type OutgoingMail = {
  [Template in MailTemplate]: OutgoingParts & {
    readonly template: Template;
    readonly data: MailData<Template>;
  };
}[MailTemplate];

export interface MailContext {
  readonly secret: string;
  readonly clock: () => Date;
}

/** One address as it may stand in a header and an envelope: no name, no comment, no line break, no list. */
export const mailAddress = z
  .string()
  .transform((text) => text.trim())
  .pipe(z.email().max(254));

const parts = z.object({
  key: z.string().min(1).max(300),
  to: mailAddress,
  purpose: z.enum(mailPurposes),
  about: z.object({ kind: z.string().min(1), slug: z.string().min(1) }).nullable(),
  wave: z.string().nullish(),
  listUnsubscribe: webAddress.optional(),
  useUntil: z.date().optional(),
});

/**
 * Puts a mail into the outbox, once per key: asking again changes nothing and says `added: false`.
 * @throws ZodError when the address or what the template is filled with is wrong.
 */
export async function enqueueMail(
  store: Store,
  mail: OutgoingMail,
  { secret, clock }: MailContext,
): Promise<{ readonly id: string; readonly added: boolean }> {
  const checked = parts.parse(mail);
  mailTexts[mail.template].toWords(mail.data);
  const content: MailContent = {
    template: mail.template,
    data: mail.data,
    unsubscribe: checked.listUnsubscribe ?? null,
  };
  return addMail(
    store,
    {
      key: checked.key,
      to: checked.to,
      purpose: checked.purpose,
      template: mail.template,
      about: checked.about,
      wave: checked.wave ?? null,
      urgent: checked.purpose === 'sign-in',
      useUntil: checked.useUntil ?? null,
      sealed: seal(JSON.stringify(content), secret, checked.key),
    },
    clock(),
  );
}

/** Opens what enqueueMail sealed. @throws when it was sealed with another secret. */
export function openContent(sealed: string, secret: string, key: string): MailContent {
  return JSON.parse(unseal(sealed, secret, key)) as MailContent;
}

/**
 * Sends a mail again that failed, bounced or may not have arrived, to a corrected address where one is given.
 * False when it cannot be: there is no such mail, it waits or was sent, or what it said is gone.
 * @throws ZodError when the corrected address is not one.
 */
export async function sendAgain(
  store: Store,
  id: string,
  { clock, to }: { readonly clock: () => Date; readonly to?: string },
): Promise<boolean> {
  const corrected = to === undefined ? undefined : mailAddress.parse(to);
  return queueAgain(store, id, { now: clock(), to: corrected });
}
