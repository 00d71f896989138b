// Erases what is kept of an address: what it is written for ends first, then it goes out of every record, and the
// account goes last, so that whoever was cut off half way can do it again. Every step is safe to repeat.
//
// What somebody did stays, without them: reports, changes and decisions name their author by an identifier that means
// nothing once the account is gone. It is left there, so that the record still tells one hand from another.
import type { Config } from '../config.ts';
import { mentions } from '../domain/mentions.ts';
import { openContent } from '../mail/outbox.ts';
import { endAddressLinks } from '../store/address-links.ts';
import { hashAddress } from '../store/do-not-write.ts';
import { eraseContacts } from '../store/erasing/contacts.ts';
import { eraseFromIntroductions } from '../store/erasing/introductions.ts';
import { eraseMailsTo, readSealedMails, removeMails } from '../store/erasing/mails.ts';
import { sweepMentions } from '../store/erasing/mentions.ts';
import {
  eraseInvited,
  eraseReturns,
  eraseSender,
  eraseVerifications,
  readSubscriptionsOf,
} from '../store/erasing/traces.ts';
import { forgetMailsAbout } from '../store/mail-queue.ts';
import { findPersonByAddress, normalAddress, readPeople } from '../store/people.ts';
import type { Store } from '../store/store.ts';
import type { Writer } from '../store/writer.ts';
import { endSubscriptions } from '../subscriptions/stop.ts';
import { inTurn } from '../survey/in-turn.ts';
import { takeOutPerson } from './keep-people.ts';
import { removeMailFilesWith } from './mail-files.ts';

/** What the command line has as well as a request. */
export interface Erasing {
  readonly store: Store;
  readonly secret: string;
  readonly config: Pick<Config, 'dataDir'>;
}

/** How much was found and erased, by kind. */
export interface Erased {
  readonly account: boolean;
  readonly contacts: number;
  readonly introductions: number;
  readonly subscriptions: number;
  readonly suggestions: number;
  readonly returns: number;
  readonly invitations: number;
  readonly mails: number;
  /** Entries of logs and notes in which the address stood. */
  readonly mentions: number;
}

export type ErasingOutcome =
  | { readonly kind: 'done'; readonly erased: Erased }
  /** Nobody else is staff: somebody has to become that first. Nothing was erased. */
  | { readonly kind: 'last-staff' };

export function erasePerson(
  erasing: Erasing,
  typed: string,
  writer: Writer,
): Promise<ErasingOutcome> {
  const address = normalAddress(typed);
  return inTurn(`erase ${address}`, async (): Promise<ErasingOutcome> => {
    const { store, config } = erasing;
    if (await isLastStaff(store, address)) return { kind: 'last-staff' };
    // Whoever erases themselves leaves no name in the entries about it either.
    const counts = await endWhatIsWrittenFor(erasing, address, writer.now);
    const contacts = await eraseContacts(store, address, writer);
    const found = await eraseTraces(store, address);
    const mails = await eraseMailsTo(store, address, writer.now);
    await removeMailFilesWith(config, address);
    const swept = await sweepMentions(store, address, true);
    const account = await endAccount(store, address, writer);
    const total = [...swept.values()].reduce((sum, count) => sum + count, 0);
    return {
      kind: 'done',
      erased: { account, contacts, ...counts, ...found, mails, mentions: total },
    };
  });
}

async function isLastStaff(store: Store, address: string): Promise<boolean> {
  const staff = (await readPeople(store)).filter((person) => person.staff);
  return staff.length === 1 && staff[0]?.address === address;
}

/** Introductions and subscriptions, and the mails that wait for them or say who somebody is. */
async function endWhatIsWrittenFor({ store, secret }: Erasing, address: string, now: Date) {
  const subscriptions = await readSubscriptionsOf(store, address);
  await endSubscriptions(
    store,
    subscriptions.map(({ key }) => key),
  );
  const sought = { address, addressHash: hashAddress(secret, address) };
  const { changed, ended } = await eraseFromIntroductions(store, sought, now);
  for (const slug of ended) await forgetMailsAbout(store, { kind: 'introduction', slug });
  const waiting = (await readSealedMails(store)).filter(({ sealed, key }) => {
    try {
      return mentions(JSON.stringify(openContent(sealed, secret, key)), address);
    } catch {
      // Sealed with another secret: nobody can read it any more, and it cannot be sent.
      return false;
    }
  });
  await removeMails(
    store,
    waiting.map(({ id }) => id),
  );
  return { introductions: changed, subscriptions: subscriptions.length };
}

const eraseTraces = async (store: Store, address: string) => ({
  suggestions: await eraseSender(store, address),
  returns: await eraseReturns(store, address),
  invitations: await eraseInvited(store, address),
});

/** Sessions and links end with it. */
async function endAccount(store: Store, address: string, writer: Writer): Promise<boolean> {
  const person = await findPersonByAddress(store, address);
  await eraseVerifications(store, address);
  if (person) {
    await endAddressLinks(store, { person: person.id });
    await takeOutPerson(store, person.id, writer);
  }
  await endAddressLinks(store, { address });
  return person !== undefined;
}
