// Takes an address out of the private contacts of partners and groups. Nothing public changes by it, the moment of the
// last change included; the log says that a contact went, and not which.
import { groupModel } from '../../../models/group.ts';
import { partnerModel } from '../../../models/partner.ts';
import { erasedMark, mentions } from '../../domain/mentions.ts';
import { logWriting } from '../changes.ts';
import { revisionWriting } from '../revision.ts';
import type { Store } from '../store.ts';
import { readAgain, writeTogether } from '../write-together.ts';
import type { Writer } from '../writer.ts';
import { documentsWith } from './documents-with.ts';

export interface ContactOf {
  readonly kind: 'partner' | 'group';
  readonly slug: string;
  readonly contacts: readonly string[];
}

const holders = {
  partner: { model: partnerModel, part: 'partners' },
  group: { model: groupModel, part: 'groups' },
} as const;

/** Whose contact the address is. */
export async function findContactOf(store: Store, address: string): Promise<ContactOf[]> {
  const found: ContactOf[] = [];
  for (const kind of ['partner', 'group'] as const) {
    const name = holders[kind].model(store.connection).collection.collectionName;
    for await (const document of documentsWith(store, name, address)) {
      const { slug, contacts } = document as unknown as Pick<ContactOf, 'slug' | 'contacts'>;
      if (contacts.some((contact) => mentions(contact, address))) {
        found.push({ kind, slug, contacts });
      }
    }
  }
  return found;
}

/** @returns how many partners and groups had it. Safe to repeat. */
export async function eraseContacts(
  store: Store,
  address: string,
  writer: Writer,
): Promise<number> {
  const isTheirs = (contact: string): boolean => mentions(contact, address);
  let count = 0;
  await readAgain(async () => {
    for (const { kind, slug, contacts } of await findContactOf(store, address)) {
      const before = contacts.map((contact) => (isTheirs(contact) ? erasedMark : contact));
      const after = contacts.filter((contact) => !isTheirs(contact));
      const { model, part } = holders[kind];
      await writeTogether(store, [
        {
          update: model(store.connection).collection.collectionName,
          updates: [{ q: { slug, contacts }, u: { $set: { contacts: after } } }],
        },
        logWriting(store, [{ record: kind, slug, field: 'contacts', before, after }], writer),
        revisionWriting(store, writer.now, [part]),
      ]);
      count += 1;
    }
  });
  return count;
}
