// Introductions without one of their people: what was asked and how it ended stays, who it was goes.
import { type IntroductionRecord, introductionModel } from '../../../models/introduction.ts';
import type { Store } from '../store.ts';

type Found = IntroductionRecord & { readonly _id: unknown };

/** Whom to look for: the address, and the keyed hash under which introductions keep it. */
export interface Sought {
  readonly address: string;
  readonly addressHash: string;
}

const isAt = (one: { readonly address?: string | null } | null | undefined, address: string) =>
  one?.address?.trim().toLowerCase() === address;

const nobody = { name: '', address: null };

/** @returns identifiers of those in which the address has a part */
export async function findIntroductionsWith(store: Store, sought: Sought): Promise<string[]> {
  return (await readWith(store, sought)).map(({ _id }) => String(_id));
}

async function readWith(store: Store, sought: Sought): Promise<Found[]> {
  const all = await introductionModel(store.connection).find().lean<Found[]>();
  return all.filter((one) => parts(one, sought).some(Boolean));
}

const parts = (one: Found, { address, addressHash }: Sought) => [
  isAt(one.asker, address),
  one.recipients.some((recipient) => isRecipient(recipient, address, addressHash)),
  isAt(one.answer?.contact, address),
];

const isRecipient = (
  recipient: Found['recipients'][number],
  address: string,
  addressHash: string,
): boolean => isAt(recipient, address) || recipient.addressHash === addressHash;

/**
 * Takes somebody out of every introduction. One that they asked for ends; one that waited for their answer alone goes
 * to staff, as one that nobody can be asked for. Safe to repeat.
 * @returns identifiers of those that ended by it, whose waiting mails are of no use
 */
export async function eraseFromIntroductions(
  store: Store,
  sought: Sought,
  now: Date,
): Promise<{ readonly changed: number; readonly ended: readonly string[] }> {
  const found = await readWith(store, sought);
  const ended: string[] = [];
  for (const one of found) {
    const [isAsker, isAsked, hasAnswered] = parts(one, sought);
    const others = one.recipients.filter(
      (recipient) => !isRecipient(recipient, sought.address, sought.addressHash),
    );
    const isOpen = one.state === 'asked';
    const isUnanswerable = isOpen && !isAsker && others.length === 0;
    if (isOpen && (isAsker || isUnanswerable)) ended.push(String(one._id));
    await introductionModel(store.connection).updateOne(
      { _id: one._id },
      {
        $set: {
          ...(isAsker ? { asker: nobody, askerTokenHash: null } : {}),
          ...(isAsked ? { recipients: others } : {}),
          ...(isOpen && isAsker
            ? {
                state: 'withdrawn',
                endedAt: now,
                unposted: null,
                recipients: others.map((recipient) => ({ ...recipient, address: null })),
              }
            : {}),
          ...(isUnanswerable
            ? {
                state: 'could-not-be-sent',
                problem: 'no-address',
                endedAt: now,
                unposted: 'outcome',
              }
            : {}),
          ...(hasAnswered ? { 'answer.contact': nobody } : {}),
        },
      },
      { timestamps: false },
    );
  }
  return { changed: found.length, ended };
}

/** Erases the people of introductions that ended before then. */
export async function eraseOldSides(store: Store, before: Date): Promise<number> {
  const model = introductionModel(store.connection);
  const old = await model
    .find({
      state: { $ne: 'asked' },
      endedAt: { $lt: before },
      $or: [
        { 'asker.address': { $ne: null } },
        { 'recipients.address': { $ne: null } },
        { 'answer.contact.address': { $ne: null } },
        { 'recipients.0': { $exists: true } },
      ],
    })
    .lean<Found[]>();
  for (const { _id, answer } of old) {
    await model.updateOne(
      { _id },
      {
        $set: { asker: nobody, recipients: [], ...(answer ? { 'answer.contact': nobody } : {}) },
      },
      { timestamps: false },
    );
  }
  return old.length;
}
