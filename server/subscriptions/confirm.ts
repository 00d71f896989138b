// The owner of an address confirms that it is to be told. A second wish for the same place changes the distance.
import { joinKnown, mostPlaces, unconfirmedDays } from '../domain/subscription.ts';
import type { Services } from '../services.ts';
import {
  changeDistance,
  confirmAsked,
  countOf,
  eraseSubscriptions,
  findByConfirmHash,
  findConfirmed,
  type Subscription,
} from '../store/subscriptions.ts';
import { inTurn } from '../survey/in-turn.ts';

/** `gone`: there is none, or it waited too long. `full`: the address is told of as many places as it may be. */
export type Confirmation =
  | { readonly kind: 'confirmed' | 'full'; readonly subscription: Subscription }
  | { readonly kind: 'gone' };

/** The one that a link is for, while it may still be confirmed or is. Writes nothing. */
export async function findToConfirm(
  { store, clock }: Pick<Services, 'store' | 'clock'>,
  confirmHash: string,
): Promise<Subscription | undefined> {
  const found = await findByConfirmHash(store, confirmHash);
  if (found?.state !== 'asked') return found;
  const isTooOld = clock().getTime() - found.askedAt.getTime() > unconfirmedDays * 86_400_000;
  return isTooOld ? undefined : found;
}

/** Safe to repeat. */
export async function confirmSubscription(
  services: Pick<Services, 'store' | 'clock'>,
  confirmHash: string,
): Promise<Confirmation> {
  const { store } = services;
  const first = await findToConfirm(services, confirmHash);
  if (!first) return { kind: 'gone' };
  return inTurn(`subscriptions of ${first.address}`, async (): Promise<Confirmation> => {
    const asked = await findToConfirm(services, confirmHash);
    if (!asked) return { kind: 'gone' };
    if (asked.state === 'confirmed') return { kind: 'confirmed', subscription: asked };
    const earlier = await findConfirmed(store, asked.address, asked.placeKey);
    if (earlier) {
      const known = joinKnown(earlier.known, asked.known);
      await changeDistance(store, earlier.key, { ...asked, known });
      await eraseSubscriptions(store, [asked.key]);
    } else if ((await countOf(store, asked.address, 'confirmed')) >= mostPlaces) {
      return { kind: 'full', subscription: asked };
    } else {
      await confirmAsked(store, asked.key);
    }
    return { kind: 'confirmed', subscription: { ...asked, state: 'confirmed' } };
  });
}
