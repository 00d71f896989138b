// Takes an address out of the private contacts of partners and groups. Nothing public changes by it, the moment of the
// last change included; the log says that a contact went, and not which.
import { type GroupRecord, groupModel } from '../../../models/group.ts';
import { type PartnerRecord, partnerModel } from '../../../models/partner.ts';
import { erasedMark, mentions } from '../../domain/mentions.ts';
import { logWriting } from '../changes.ts';
import { revisionWriting } from '../revision.ts';
import type { Store } from '../store.ts';
import { readAgain, writeTogether } from '../write-together.ts';
import type { Writer } from '../writer.ts';

type Holder = Pick<PartnerRecord & GroupRecord, 'slug' | 'contacts'>;

export interface ContactOf {
  readonly kind: 'partner' | 'group';
  readonly slug: string;
  readonly contacts: readonly string[];
}

async function readHolders(store: Store): Promise<ContactOf[]> {
  const filter = { 'contacts.0': { $exists: true } };
  const fields = { slug: 1, contacts: 1, _id: 0 };
  const [partners, groups] = await Promise.all([
    partnerModel(store.connection).find(filter, fields).lean<Holder[]>(),
    groupModel(store.connection).find(filter, fields).lean<Holder[]>(),
  ]);
  return [
    ...partners.map((one) => ({ kind: 'partner' as const, ...one })),
    ...groups.map((one) => ({ kind: 'group' as const, ...one })),
  ];
}

/** Whose contact the address is. */
export const findContactOf = async (store: Store, address: string): Promise<ContactOf[]> =>
  (await readHolders(store)).filter(({ contacts }) =>
    contacts.some((contact) => mentions(contact, address)),
  );

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

const holders = {
  partner: { model: partnerModel, part: 'partners' },
  group: { model: groupModel, part: 'groups' },
} as const;
