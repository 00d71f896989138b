// Subscriptions in the store: asked for, confirmed, told, erased. Each step is one write that is safe to repeat.
import { type SubscriptionRecord, subscriptionModel } from '../../models/subscription.ts';
import type { Day } from '../domain/dates.ts';
import type { GroupNews, KnownGroup, SubscriptionState } from '../domain/subscription.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import type { Store } from './store.ts';

export interface SubscribedPlace {
  readonly name: string;
  readonly country: string;
  readonly lat: number;
  readonly lng: number;
}

export interface Subscription {
  readonly key: string;
  readonly state: SubscriptionState;
  /** Private. */
  readonly address: string;
  readonly placeKey: string;
  readonly place: SubscribedPlace;
  readonly miles: number;
  readonly confirmHash: string;
  readonly stopHash: string;
  readonly askedAt: Date;
  readonly known: readonly KnownGroup[];
  readonly mails: number;
  readonly lastMailOn: Day | null;
  readonly pending: { readonly number: number; readonly news: readonly GroupNews[] } | null;
}

export type NewSubscription = Omit<Subscription, 'state' | 'mails' | 'lastMailOn' | 'pending'>;

const toSubscription = (record: SubscriptionRecord): Subscription => ({
  key: record.key,
  state: record.state,
  address: record.address,
  placeKey: record.placeKey,
  place: {
    name: record.place.name,
    country: record.place.country ?? '',
    lat: record.place.lat,
    lng: record.place.lng,
  },
  miles: record.miles,
  confirmHash: record.confirmHash,
  stopHash: record.stopHash,
  askedAt: record.askedAt,
  known: record.known.map(({ slug, isLive, told }) => ({ slug, isLive, told: told ?? null })),
  mails: record.mails ?? 0,
  lastMailOn: record.lastMailOn ?? null,
  pending: record.pending
    ? {
        number: record.pending.number,
        news: record.pending.news.map(({ slug, kind }) => ({ slug, kind })),
      }
    : null,
});

const modelOf = (store: Store) => subscriptionModel(store.connection);

async function findOne(
  store: Store,
  filter: Readonly<Record<string, unknown>>,
): Promise<Subscription | undefined> {
  // "confirmed" before "asked".
  const record = await modelOf(store)
    .findOne(filter)
    .sort({ state: -1 })
    .lean<SubscriptionRecord>();
  return record ? toSubscription(record) : undefined;
}

export const findSubscription = (store: Store, key: string) => findOne(store, { key });
export const findByConfirmHash = (store: Store, confirmHash: string) =>
  findOne(store, { confirmHash });
export const findByStopHash = (store: Store, stopHash: string) => findOne(store, { stopHash });
export const findConfirmed = (store: Store, address: string, placeKey: string) =>
  findOne(store, { address, placeKey, state: 'confirmed' });

export const countOf = (store: Store, address: string, state: SubscriptionState): Promise<number> =>
  modelOf(store).countDocuments({ address, state });

/**
 * Notes that somebody asked. Asking again for a place that is not confirmed yet changes the distance and gives it
 * time again. Undefined where the address waits for `most` other places already.
 */
export async function putAsked(
  store: Store,
  asked: NewSubscription,
  most: number,
): Promise<Subscription | undefined> {
  const { address, placeKey, miles, known, askedAt } = asked;
  const filter = { address, placeKey, state: 'asked' as const };
  const change = {
    $set: { miles, askedAt, known: known.map((group) => ({ ...group })) },
  };
  const again = await modelOf(store).updateOne(filter, change);
  if (again.matchedCount === 0) {
    if ((await countOf(store, address, 'asked')) >= most) return undefined;
    try {
      await modelOf(store).create({
        ...asked,
        place: { ...asked.place },
        known: asked.known.map((group) => ({ ...group })),
        state: 'asked',
      });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      await modelOf(store).updateOne(filter, change);
    }
  }
  return findOne(store, filter);
}

export async function confirmAsked(store: Store, key: string): Promise<void> {
  await modelOf(store).updateOne({ key, state: 'asked' }, { $set: { state: 'confirmed' } });
}

/** Gives a confirmed one the distance of a later wish for the same place; the later link leads to it from now on. */
export async function changeDistance(
  store: Store,
  key: string,
  to: Pick<Subscription, 'miles' | 'known' | 'confirmHash'>,
): Promise<void> {
  await modelOf(store).updateOne(
    { key },
    {
      $set: {
        miles: to.miles,
        confirmHash: to.confirmHash,
        known: to.known.map((group) => ({ ...group })),
      },
    },
  );
}

/** Keys of all that are confirmed, in their order. */
export async function readConfirmedKeys(store: Store): Promise<string[]> {
  const records = await modelOf(store)
    .find({ state: 'confirmed' }, { key: 1, _id: 0 })
    .sort({ key: 1 })
    .lean<{ key: string }[]>();
  return records.map(({ key }) => key);
}

/** Keys of those that were asked for before that moment and never confirmed. */
export async function readUnconfirmedKeys(store: Store, before: Date): Promise<string[]> {
  const records = await modelOf(store)
    .find({ state: 'asked', askedAt: { $lt: before } }, { key: 1, _id: 0 })
    .lean<{ key: string }[]>();
  return records.map(({ key }) => key);
}

/**
 * Takes news in hand: in one write it counts as known and waits to be mailed, so that a stop in the middle neither
 * loses it nor tells it twice. False where somebody else did meanwhile, or it was stopped.
 */
export async function holdNews(
  store: Store,
  { key, mails }: Pick<Subscription, 'key' | 'mails'>,
  held: {
    readonly news: readonly GroupNews[];
    readonly known: readonly KnownGroup[];
    readonly today: Day;
  },
): Promise<boolean> {
  const { matchedCount } = await modelOf(store).updateOne(
    { key, mails, pending: null, state: 'confirmed' },
    {
      $set: {
        known: held.known.map((group) => ({ ...group })),
        pending: { number: mails + 1, news: held.news.map((one) => ({ ...one })) },
        lastMailOn: held.today,
        mails: mails + 1,
      },
    },
  );
  return matchedCount === 1;
}

/** Notes what is near where there is nothing to tell: a group that fell asleep may wake up again. */
export async function noteKnown(
  store: Store,
  { key, mails }: Pick<Subscription, 'key' | 'mails'>,
  known: readonly KnownGroup[],
): Promise<void> {
  await modelOf(store).updateOne(
    { key, mails, pending: null },
    { $set: { known: known.map((group) => ({ ...group })) } },
  );
}

/** The news is in the outbox. False where the subscription was stopped meanwhile. */
export async function dropPending(store: Store, key: string, number: number): Promise<boolean> {
  await modelOf(store).updateOne({ key, 'pending.number': number }, { $set: { pending: null } });
  return (await modelOf(store).countDocuments({ key })) === 1;
}

/** Erases them, whatever they are. */
export async function eraseSubscriptions(store: Store, keys: readonly string[]): Promise<void> {
  if (keys.length > 0) await modelOf(store).deleteMany({ key: { $in: [...keys] } });
}

/** Keys of all that this link stops: one that is confirmed, one that waits to be, or both. */
export async function readKeysToStop(store: Store, stopHash: string): Promise<string[]> {
  const records = await modelOf(store)
    .find({ stopHash }, { key: 1, _id: 0 })
    .lean<{ key: string }[]>();
  return records.map(({ key }) => key);
}
