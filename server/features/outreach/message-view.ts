// One draft as a form: whom it can go to, subject and text; without an address, what to copy and where to go.
import type { DraftMessage, Party } from '../../outreach/draft-messages.ts';
import type { MessageForm } from './form.ts';

export interface MessageView {
  readonly kind: string;
  readonly label: string;
  /** Open where it was just refused, so that what is wrong is in sight. */
  readonly isOpen: boolean;
  readonly recipients: readonly {
    readonly address: string;
    readonly name: string;
    readonly checked: boolean;
  }[];
  /** Parties without an address, and how they are reached instead. */
  readonly unreachable: readonly Pick<Party, 'name' | 'href' | 'pages' | 'isUnwanted'>[];
  readonly subject: string;
  readonly body: string;
  readonly key: string;
}

export function toMessageView(
  draft: DraftMessage,
  refused: MessageForm | undefined,
  newKey: () => string,
): MessageView {
  const typed = refused?.draft === draft.kind ? refused : undefined;
  return {
    kind: draft.kind,
    label: draft.label,
    isOpen: typed !== undefined,
    recipients: draft.parties.flatMap(({ name, contacts }) =>
      contacts.map((address, index) => ({
        address,
        name,
        checked: typed ? typed.to.includes(address) : index === 0,
      })),
    ),
    unreachable: draft.parties.filter(({ contacts }) => contacts.length === 0),
    subject: typed?.subject ?? draft.subject,
    body: typed?.body ?? draft.body,
    key: typed?.key || newKey(),
  };
}
