// Somebody leaves an address for a place: a mail asks whether it was them. Whoever leaves it learns nothing of
// whether the address was known, and what the mail says comes from the directory, never from what was typed.
import { randomBytes } from 'node:crypto';
import { addDays, dayOf } from '../domain/dates.ts';
import {
  mostUnconfirmed,
  placeKey,
  roundedDegrees,
  toKnown,
  unconfirmedDays,
} from '../domain/subscription.ts';
import type { Services } from '../services.ts';
import { putAsked, type SubscribedPlace } from '../store/subscriptions.ts';
import { hashOf } from '../survey/personal-link.ts';
import { formatDistance } from '../web/format.ts';
import { groupsAround, toNear } from './groups-around.ts';
import { confirmLink, confirmToken, stopLink, stopToken } from './links.ts';

export interface Wish {
  /** In lower case. */
  readonly address: string;
  readonly place: SubscribedPlace;
  readonly miles: number;
}

/** Safe to repeat: one mail a day for each place. */
export async function askToBeTold(
  services: Pick<Services, 'store' | 'directory' | 'secret' | 'clock' | 'mail' | 'config'>,
  { address, place: exact, miles }: Wish,
): Promise<void> {
  const { store, secret, clock, mail, config } = services;
  const place = { ...exact, lat: roundedDegrees(exact.lat), lng: roundedDegrees(exact.lng) };
  const now = clock();
  const stop = stopToken(secret, address, placeKey(place));
  const key = randomBytes(16).toString('hex');
  const asked = await putAsked(
    store,
    {
      ...{ key, address, place, miles, askedAt: now },
      placeKey: placeKey(place),
      confirmHash: hashOf(confirmToken(secret, key)),
      stopHash: hashOf(stop),
      known: toKnown(toNear(groupsAround(services.directory.current(), place, miles))),
    },
    mostUnconfirmed,
  );
  if (!asked) return;
  await mail.post({
    key: `subscription-confirm ${asked.key} ${dayOf(now)}`,
    to: address,
    purpose: 'subscription',
    about: { kind: 'subscription', slug: asked.key },
    template: 'subscription-confirm',
    data: {
      link: confirmLink(config.publicUrl, confirmToken(secret, asked.key)),
      place: asked.place.name,
      distance: formatDistance(miles, place.country),
      until: addDays(dayOf(now), unconfirmedDays - 1),
    },
    listUnsubscribe: stopLink(config.publicUrl, stop),
    useUntil: new Date(now.getTime() + unconfirmedDays * 86_400_000),
  });
}
