// Sends what a person of NNIP wrote about a city's gap, and keeps it in the item's log. Safe to repeat: the same
// form sent twice posts and logs once.
import { createHash } from 'node:crypto';
import type { OutreachItem } from '../domain/outreach.ts';
import type { Mailer } from '../mail/mailer.ts';
import { addEntry } from '../store/outreach.ts';
import type { Store } from '../store/store.ts';

export interface Message {
  /** Names the form that it was written in. */
  readonly key: string;
  readonly subject: string;
  readonly body: string;
  readonly recipients: readonly { readonly name: string; readonly address: string }[];
  readonly sender: { readonly id: string; readonly address: string };
}

/** Tells addresses apart where the mail's key stands, without naming them. */
const markOf = (address: string): string =>
  createHash('sha256').update(address).digest('hex').slice(0, 16);

/** @returns whether it is new, and not the same form once more */
export async function sendMessage(
  { store, mail }: { readonly store: Store; readonly mail: Mailer },
  item: Pick<OutreachItem, 'id' | 'city'>,
  message: Message,
  now: Date,
): Promise<boolean> {
  for (const { name, address } of message.recipients) {
    await mail.post({
      key: `outreach ${item.id} ${message.key} ${markOf(address)}`,
      to: address,
      purpose: 'outreach',
      about: { kind: 'city', slug: item.city },
      template: 'message',
      data: {
        subject: message.subject,
        body: message.body,
        replyTo: message.sender.address,
        recipientName: name,
      },
    });
  }
  return addEntry(
    store,
    item.id,
    {
      by: message.sender.id,
      kind: 'mail',
      text: message.body,
      subject: message.subject,
      to: message.recipients.map(({ name, address }) => `${name} (${address})`),
      key: `message ${message.key}`,
    },
    now,
  );
}
