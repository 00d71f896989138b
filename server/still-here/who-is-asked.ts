// The addresses at which a group is asked: its contacts and its organizers, without those who do not want it.
import type { Group } from '../domain/records.ts';
import { whoIsAsked } from '../domain/still-here.ts';
import type { Services } from '../services.ts';
import { readRefusals } from '../store/do-not-write.ts';
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

export async function openAddressBook({
  store,
  secret,
}: Pick<Services, 'store' | 'secret'>): Promise<AddressBook> {
  const [people, isRefused] = await Promise.all([
    readPeople(store),
    readRefusals({ store, secret }),
  ]);
  const organizers = new Map<string, string[]>();
  for (const { groups, address } of people) {
    for (const slug of groups) {
      const those = organizers.get(slug);
      if (those) those.push(address);
      else organizers.set(slug, [address]);
    }
  }
  const addressesOf = (
    { slug, contacts }: Pick<Group, 'slug' | 'contacts'>,
    refuses: (address: string) => boolean,
  ): string[] => whoIsAsked(contacts, organizers.get(slug) ?? [], refuses);
  return {
    allOf: (group) => addressesOf(group, () => false),
    askedAt: (group) => addressesOf(group, isRefused),
    personAt: (address) => people.find((person) => person.address === address),
  };
}
