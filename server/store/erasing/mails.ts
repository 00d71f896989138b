// The addresses of mails in the outbox, and how they go: because somebody wants it, or because time has passed.
import { type MailRecord, mailModel } from '../../../models/mail.ts';
import { erasedMark, sameAddress } from '../../domain/mentions.ts';
import type { Store } from '../store.ts';

type Found = MailRecord & { readonly _id: unknown };

const settled = ['sent', 'failed', 'bounced', 'unsure'] as const;

/** Mails whose words are still there, since they are not sent, sealed. */
export const readSealedMails = async (
  store: Store,
): Promise<{ readonly id: string; readonly key: string; readonly sealed: string }[]> => {
  const records = await mailModel(store.connection)
    .find({ sealed: { $ne: null }, state: { $ne: 'sending' } }, { key: 1, sealed: 1 })
    .lean<Found[]>();
  return records.map(({ _id, key, sealed }) => ({ id: String(_id), key, sealed: sealed ?? '' }));
};

/** Takes mails out of the outbox, as far as none of them is on its way. */
export async function removeMails(store: Store, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await mailModel(store.connection).deleteMany({
    _id: { $in: [...ids] },
    state: { $ne: 'sending' },
  });
}

/**
 * Takes the mails to an address that wait or had a problem out of the outbox. Of those that were sent, that they were
 * stays, without the address. One that is on its way loses its words and is not tried again. Safe to repeat.
 * @returns how many there were
 */
export async function eraseMailsTo(store: Store, address: string, now: Date): Promise<number> {
  const mails = mailModel(store.connection);
  const { deletedCount } = await mails.deleteMany({
    to: sameAddress(address),
    state: { $nin: ['sent', 'sending'] },
  });
  const left = await mails.find({ to: sameAddress(address) }, { _id: 1, state: 1 }).lean<Found[]>();
  for (const { _id, state } of left) {
    const isOnItsWay = state === 'sending';
    await mails.updateOne(
      { _id },
      {
        $set: {
          to: erasedMark,
          // A key may hold the address, or a mark that follows from it.
          key: `erased ${String(_id)}`,
          sealed: null,
          ...(isOnItsWay ? { useUntil: new Date(now.getTime() - 1) } : {}),
        },
      },
    );
  }
  return deletedCount + left.length;
}

export const countMailsTo = (store: Store, address: string): Promise<number> =>
  mailModel(store.connection).countDocuments({ to: sameAddress(address) });

/** Erases the addresses of mails that were asked for before then and are settled; that they were sent stays. */
export async function eraseOldAddresses(store: Store, before: Date): Promise<number> {
  const { modifiedCount } = await mailModel(store.connection).updateMany(
    { state: { $in: [...settled] }, queuedAt: { $lt: before }, to: { $ne: erasedMark } },
    { $set: { to: erasedMark, sealed: null } },
  );
  return modifiedCount;
}
