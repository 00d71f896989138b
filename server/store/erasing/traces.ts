// Addresses that were left with something sent in, or kept where something was sent: each goes on somebody's wish,
// and by itself when it has done its work.
import type { Types } from 'mongoose';
import { groupReturnModel } from '../../../models/group-return.ts';
import { type InvitationRecord, invitationModel } from '../../../models/invitation.ts';
import { subscriptionModel } from '../../../models/subscription.ts';
import { suggestionModel } from '../../../models/suggestion.ts';
import { verificationModel } from '../../../models/verification.ts';
import { mentions, sameAddress } from '../../domain/mentions.ts';
import type { Store } from '../store.ts';

export interface SentIn {
  readonly id: string;
  readonly at: Date;
  readonly kind: string;
  readonly state: string;
  readonly text: string;
}

/** What an address sent in and is still known to have. */
export async function readSuggestionsFrom(store: Store, address: string): Promise<SentIn[]> {
  const records = await suggestionModel(store.connection)
    .find({ sender: sameAddress(address) })
    .sort({ createdAt: 1 })
    .lean<{ _id: unknown; createdAt: Date; kind: string; state: string; text: string }[]>();
  return records.map(({ _id, createdAt, kind, state, text }) => ({
    ...{ id: String(_id), at: createdAt, kind, state, text },
  }));
}

/** The suggestions stay; nobody is told what becomes of them. Safe to repeat. */
export async function eraseSender(store: Store, address: string): Promise<number> {
  const { modifiedCount } = await suggestionModel(store.connection).updateMany(
    { sender: sameAddress(address) },
    { $set: { sender: null, tokenHash: null } },
    { timestamps: false },
  );
  return modifiedCount;
}

/** Erases the senders of what came in, or was decided, before then. */
export async function eraseOldSenders(
  store: Store,
  before: { readonly cameIn: Date; readonly decided: Date },
): Promise<number> {
  const { modifiedCount } = await suggestionModel(store.connection).updateMany(
    {
      sender: { $ne: null },
      $or: [{ createdAt: { $lt: before.cameIn } }, { 'decision.at': { $lt: before.decided } }],
    },
    { $set: { sender: null } },
    { timestamps: false },
  );
  return modifiedCount;
}

export const readReturnsFrom = async (store: Store, address: string): Promise<string[]> =>
  (await groupReturnModel(store.connection).find({ address }, { group: 1 }).lean()).map(
    ({ group }) => group,
  );

/** A link that was not used goes; that a group was brought back stays. Safe to repeat. */
export async function eraseReturns(store: Store, address: string): Promise<number> {
  const model = groupReturnModel(store.connection);
  const { deletedCount } = await model.deleteMany({ address, state: 'asked' });
  const { modifiedCount } = await model.updateMany({ address }, { $set: { address: null } });
  return deletedCount + modifiedCount;
}

export async function eraseOldReturns(store: Store, before: Date): Promise<number> {
  const model = groupReturnModel(store.connection);
  const old = { askedAt: { $lt: before } };
  const { deletedCount } = await model.deleteMany({ ...old, state: 'asked' });
  const { modifiedCount } = await model.updateMany(
    { ...old, address: { $ne: null } },
    { $set: { address: null } },
  );
  return deletedCount + modifiedCount;
}

type Invited = InvitationRecord & { readonly _id: unknown };

export async function readInvitedAt(
  store: Store,
  address: string,
): Promise<{ readonly wave: string; readonly partner: string }[]> {
  return (await readInvited(store, address)).map(({ wave, partner }) => ({ wave, partner }));
}

const readInvited = async (store: Store, address: string): Promise<Invited[]> =>
  (
    await invitationModel(store.connection)
      .find({ 'addresses.0': { $exists: true } })
      .lean<Invited[]>()
  ).filter(({ addresses }) => addresses.some((one) => mentions(one, address)));

/** The invitation stays: it is the partner's. Safe to repeat. */
export async function eraseInvited(store: Store, address: string): Promise<number> {
  const found = await readInvited(store, address);
  for (const { _id, addresses } of found) {
    await invitationModel(store.connection).updateOne(
      { _id },
      { $set: { addresses: addresses.filter((one) => !mentions(one, address)) } },
      { timestamps: false },
    );
  }
  return found.length;
}

export async function eraseOldInvited(store: Store, before: Date): Promise<number> {
  const { modifiedCount } = await invitationModel(store.connection).updateMany(
    { updatedAt: { $lt: before }, 'addresses.0': { $exists: true } },
    { $set: { addresses: [] } },
    { timestamps: false },
  );
  return modifiedCount;
}

export interface Subscribed {
  readonly key: string;
  readonly place: string;
  readonly miles: number;
  readonly state: string;
  readonly askedAt: Date;
}

export async function readSubscriptionsOf(store: Store, address: string): Promise<Subscribed[]> {
  const records = await subscriptionModel(store.connection)
    .find({ address })
    .sort({ askedAt: 1 })
    .lean();
  return records.map(({ key, place, miles, state, askedAt }) => ({
    ...{ key, place: place.name, miles, state, askedAt },
  }));
}

/** Sign-in links that wait for an address. */
export async function eraseVerifications(store: Store, address: string): Promise<void> {
  const model = verificationModel(store.connection);
  const waiting = await model
    .find({}, { value: 1 })
    .lean<{ _id: Types.ObjectId; value: string }[]>();
  for (const { _id, value } of waiting) {
    if (mentions(value, address)) await model.deleteOne({ _id });
  }
}
