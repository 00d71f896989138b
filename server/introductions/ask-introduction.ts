// Asks for an introduction: the document first, then the mails that follow from it. Safe to repeat: the same form sent
// twice asks once. Where nobody of the other side is known, it is kept for staff to help with.
import { createHash } from 'node:crypto';
import { dayOf } from '../domain/dates.ts';
import {
  type Asker,
  type Pair,
  type Refusal,
  refusalOf,
  type Side,
} from '../domain/introduction.ts';
import type { Services } from '../services.ts';
import { hashAddress } from '../store/do-not-write.ts';
import {
  addIntroduction,
  type Contact,
  endIntroduction,
  findIntroductionByKey,
  findOpenIntroduction,
  type Introduction,
  type Recipient,
  readHistory,
} from '../store/introductions.ts';
import { inTurn } from '../survey/in-turn.ts';
import { hashOf } from '../survey/personal-link.ts';
import { reachableOf } from './contacts.ts';
import { findPair, reasonsFor } from './pair.ts';
import { postMails } from './post-mails.ts';
import { askerReader, introductionToken } from './tokens.ts';

export interface Ask extends Pair {
  readonly from: Side;
  /** Names the form. */
  readonly form: string;
  readonly word: string;
  /** Whose address is passed on: the person who asks, or the contact that staff name. */
  readonly contact: Contact;
  readonly person: Asker & { readonly id: string };
}

export type AskOutcome =
  | { readonly kind: 'asked'; readonly introduction: Introduction }
  | {
      readonly kind: 'refused';
      readonly refusal: Refusal | { readonly kind: 'unwanted' | 'no-match' };
    };

/** Nothing older counts for any limit; what counts for the pair is read whatever its age. */
const weekMs = 8 * 86_400_000;

export const readRefusal = async (
  { store, clock }: Pick<Services, 'store' | 'clock'>,
  ask: Pick<Ask, 'partner' | 'group' | 'from' | 'person'>,
): Promise<Refusal | null> => {
  const now = clock();
  const { id: by } = ask.person;
  const history = await readHistory(store, { ...ask, by }, new Date(now.getTime() - weekMs));
  return refusalOf({ ...ask, by, asker: ask.person }, history, dayOf(now));
};

/** One recipient for each contact, with the token that their link of this round carries. */
export const toRecipients = (
  secret: string,
  contacts: readonly Contact[],
  { key, round }: { readonly key: string; readonly round: number },
): readonly Recipient[] =>
  contacts.map(({ name, address }) => {
    const addressHash = hashAddress(secret, address);
    const token = introductionToken(secret, { key, round, reader: addressHash });
    return { name, address, addressHash, tokenHash: hashOf(token) };
  });

export async function askIntroduction(services: Services, ask: Ask): Promise<AskOutcome> {
  const { store, secret, directory, clock } = services;
  const current = directory.current();
  const { person, contact } = ask;
  const key = createHash('sha256')
    .update(JSON.stringify([person.id, ask.partner, ask.group, ask.from, ask.form]))
    .digest('hex');
  const outcome = await inTurn('introductions', async (): Promise<AskOutcome> => {
    const before = await findIntroductionByKey(store, key);
    if (before) return { kind: 'asked', introduction: before };
    const pair = findPair(current, ask);
    if (!pair) return { kind: 'refused', refusal: { kind: 'no-match' } };
    const refusal = await readRefusal(services, ask);
    if (refusal) return { kind: 'refused', refusal };
    await endStale(services, ask);
    const reachable = await reachableOf(services, current, ask, contact.address);
    if (reachable.isUnwanted) return { kind: 'refused', refusal: { kind: 'unwanted' } };
    const recipients = toRecipients(secret, reachable.contacts, { key, round: 1 });
    const onBehalf = !(ask.from === 'partner' ? person.partners : person.groups).includes(
      ask[ask.from],
    );
    const token = introductionToken(secret, { key, round: 1, reader: askerReader });
    const made = await addIntroduction(
      store,
      {
        ...{ key, partner: ask.partner, group: ask.group, from: ask.from, by: person.id, onBehalf },
        asker: { name: contact.name, address: contact.address },
        askerTokenHash: onBehalf ? hashOf(token) : null,
        word: ask.word,
        reasons: reasonsFor(current, pair, ask.from === 'partner' ? 'group' : 'partner'),
        recipients,
        problem: recipients.length === 0 ? 'no-address' : null,
      },
      clock(),
    );
    // Another process was faster.
    return made
      ? { kind: 'asked', introduction: made }
      : { kind: 'refused', refusal: { kind: 'open', from: ask.from } };
  });
  if (outcome.kind === 'asked') await postMails(services, outcome.introduction);
  return outcome;
}

/** One of the pair that ran out and that nobody has ended yet makes room. */
async function endStale(services: Services, { partner, group }: Pair): Promise<void> {
  const { store, clock } = services;
  const stale = await findOpenIntroduction(store, { partner, group });
  const ended = stale && (await endIntroduction(store, stale.id, { state: 'expired' }, clock()));
  if (ended) await postMails(services, ended);
}
