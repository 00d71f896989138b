// Who stands for a partner or a group: the people who sign in for it, else its private contacts. Nobody is left who
// asked not to be written to.
import { z } from 'zod';
import type { Directory } from '../directory/directory.ts';
import { otherSide, type Pair, type Side } from '../domain/introduction.ts';
import { mailAddress } from '../mail/outbox.ts';
import type { Services } from '../services.ts';
import { mayBeWrittenTo } from '../store/do-not-write.ts';
import type { Contact } from '../store/introductions.ts';
import { normalAddress, readPeople } from '../store/people.ts';
import type { Store } from '../store/store.ts';

/** More would be a crowd: whoever answers first decides. */
const mostContacts = 3;

/** A name as it may stand in a mail; one that is an address is none. */
export const nameToShow = (name: string): string => {
  const plain = name.replace(/\s+/g, ' ').trim();
  return plain.includes('@') ? '' : plain.slice(0, 80);
};

const address = z.string().pipe(mailAddress);

/** Each address once. */
export async function contactsOf(
  store: Store,
  directory: Directory,
  side: Side,
  pair: Pair,
): Promise<readonly Contact[]> {
  const slug = pair[side];
  const people = (await readPeople(store)).filter((person) =>
    (side === 'partner' ? person.partners : person.groups).includes(slug),
  );
  const record =
    side === 'partner' ? directory.findPartner(pair.partner) : directory.findGroup(pair.group);
  const found: readonly Contact[] =
    people.length > 0
      ? people.map((person) => ({ name: nameToShow(person.name), address: person.address }))
      : (record?.contacts ?? []).flatMap((contact) => {
          const parsed = address.safeParse(contact);
          return parsed.success ? [{ name: '', address: parsed.data }] : [];
        });
  const byAddress = new Map(found.map((contact) => [normalAddress(contact.address), contact]));
  return [...byAddress.values()];
}

/** Whom to write to about an introduction, and whether there was somebody, but nobody who wants it. */
export interface Reachable {
  readonly contacts: readonly Contact[];
  readonly isUnwanted: boolean;
}

/** @param asker whose own address is not asked, in whatever else they have a part */
export async function reachableOf(
  services: Pick<Services, 'store' | 'secret'>,
  directory: Directory,
  ask: Pair & { readonly from: Side },
  asker: string | null,
): Promise<Reachable> {
  const known = await contactsOf(services.store, directory, otherSide(ask.from), ask);
  const others = known.filter(
    ({ address: one }) => asker === null || normalAddress(one) !== normalAddress(asker),
  );
  const contacts = await mayBeWrittenTo(services, others);
  return {
    contacts: contacts.slice(0, mostContacts),
    isUnwanted: others.length > 0 && contacts.length === 0,
  };
}
