// Takes out of the drafts whoever asked not to be written to: staff are not offered an address that wants no mail.

import { mayBeWrittenTo } from '../store/do-not-write.ts';
import type { Store } from '../store/store.ts';
import type { DraftMessage } from './draft-messages.ts';

export async function wantedDrafts(
  services: { readonly store: Store; readonly secret: string },
  drafts: readonly DraftMessage[],
): Promise<readonly DraftMessage[]> {
  const all = new Set(drafts.flatMap(({ parties }) => parties.flatMap(({ contacts }) => contacts)));
  const wanted = await mayBeWrittenTo(
    services,
    [...all].map((address) => ({ address })),
  );
  const open = new Set(wanted.map(({ address }) => address));
  return drafts.map((draft) => ({
    ...draft,
    parties: draft.parties.map((party) => {
      const contacts = party.contacts.filter((address) => open.has(address));
      const isUnwanted = contacts.length === 0 && party.contacts.length > 0;
      return { ...party, contacts, isUnwanted };
    }),
  }));
}
