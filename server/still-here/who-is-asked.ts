// The addresses at which a group is asked: its contacts and its organizers, without those who do not want it.
import type { Group } from '../domain/records.ts';
import { whoIsAsked } from '../domain/still-here.ts';
import type { Services } from '../services.ts';
import { findDoNotWrite, hashAddress } from '../store/do-not-write.ts';
import { type Person, readPeople } from '../store/people.ts';

/** Everybody who speaks for groups, and who does not want to be written to: read once for many groups. */
export interface AddressBook {
  /** The addresses of a group that may be written to, sorted. */
  askedAt(group: Pick<Group, 'slug' | 'contacts'>): readonly string[];
  /** All addresses of a group, those that do not want mails too. */
  allOf(group: Pick<Group, 'slug' | 'contacts'>): readonly string[];
  /** The person with an account at this address. */
  personAt(address: string): Person | undefined;
}

export async function openAddressBook(
  { store, secret }: Pick<Services, 'store' | 'secret'>,
  groups: readonly Pick<Group, 'slug' | 'contacts'>[],
): Promise<AddressBook> {
  const people = await readPeople(store);
  const organizersOf = (slug: string): string[] =>
    people.filter((person) => person.groups.includes(slug)).map(({ address }) => address);
  const allOf = ({ slug, contacts }: Pick<Group, 'slug' | 'contacts'>): string[] =>
    whoIsAsked(contacts, organizersOf(slug), () => false);
  const hashes = new Map(
    groups.flatMap(allOf).map((address) => [address, hashAddress(secret, address)]),
  );
  const refused = await findDoNotWrite(store, [...hashes.values()]);
  return {
    allOf,
    askedAt: (group) =>
      whoIsAsked(group.contacts, organizersOf(group.slug), (address) =>
        refused.has(hashes.get(address.trim().toLowerCase()) ?? ''),
      ),
    personAt: (address) => people.find((person) => person.address === address),
  };
}
