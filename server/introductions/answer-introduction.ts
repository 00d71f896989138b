// What becomes of an introduction by a person's hand: accepted, declined, withdrawn, sent once more, set aside. The
// document moves first, in one step, so that of several who answer one counts; the mails follow from it.
import type { Services } from '../services.ts';
import { keepDoNotWrite } from '../store/do-not-write.ts';
import {
  askAgain,
  type Contact,
  endIntroduction,
  findIntroduction,
  type Introduction,
  setAside,
} from '../store/introductions.ts';
import { toRecipients } from './ask-introduction.ts';
import { reachableOf } from './contacts.ts';
import { postMails } from './post-mails.ts';

/** Whether this hand moved it; false where somebody was faster, or it had run out. */
type Moved = Promise<boolean>;

async function follow(services: Services, moved: Introduction | undefined): Moved {
  if (moved) await postMails(services, moved);
  return moved !== undefined;
}

/** Both get the other's address. */
export const acceptIntroduction = async (
  services: Services,
  { id }: Pick<Introduction, 'id'>,
  { contact, word }: { readonly contact: Contact; readonly word: string },
): Moved => {
  const answer = { contact, word };
  const ending = { state: 'accepted' as const, answer };
  return follow(services, await endIntroduction(services.store, id, ending, services.clock()));
};

/** The asker is told, with the word; who declined is not kept. */
export const declineIntroduction = async (
  services: Services,
  { id }: Pick<Introduction, 'id'>,
  word: string,
): Moved => {
  const answer = { contact: { name: '', address: null }, word };
  const ending = { state: 'declined' as const, answer };
  return follow(services, await endIntroduction(services.store, id, ending, services.clock()));
};

/**
 * Keeps that this address is not to be written to, first of all; then nobody waits for its answer any more, where it
 * was the only one asked.
 */
export async function refuseIntroductions(
  services: Services,
  one: Introduction,
  addressHash: string,
): Promise<void> {
  await keepDoNotWrite(services.store, addressHash, 'introduction', services.clock());
  const isOnlyOne = one.recipients.every((recipient) => recipient.addressHash === addressHash);
  if (isOnlyOne) await declineIntroduction(services, one, '');
}

/** The asker thinks otherwise. */
export const withdrawIntroduction = async (
  services: Services,
  { id }: Pick<Introduction, 'id'>,
): Moved =>
  follow(
    services,
    await endIntroduction(services.store, id, { state: 'withdrawn' }, services.clock()),
  );

/** Asks those who are known now. `nobody`: still none, or none who wants it. */
export async function sendIntroductionAgain(
  services: Services,
  one: Introduction,
): Promise<'sent' | 'nobody' | 'too-late'> {
  const { store, secret, directory, clock } = services;
  const current = directory.current();
  const { contacts } = await reachableOf(services, current, one, one.asker.address);
  if (contacts.length === 0) return 'nobody';
  const recipients = toRecipients(secret, contacts, { key: one.key, round: one.round + 1 });
  const moved = await askAgain(store, one, recipients, clock());
  return (await follow(services, moved)) ? 'sent' : 'too-late';
}

/** Staff found no way; the asker is told. */
export async function setIntroductionAside(
  services: Services,
  { id }: Pick<Introduction, 'id'>,
): Moved {
  const isMoved = await setAside(services.store, id, services.clock());
  return isMoved && follow(services, await findIntroduction(services.store, id));
}
