// The daily round: who is to be told what, one mail a day for each place at most. News is taken in hand before it
// is mailed, and the mail's key follows from its number: a stop anywhere in between loses nothing and tells nothing
// twice.
import type { Directory } from '../directory/directory.ts';
import { type Day, dayOf } from '../domain/dates.ts';
import {
  findNews,
  type GroupNews,
  knownAfter,
  mayTellOn,
  mostNamed,
  unconfirmedDays,
} from '../domain/subscription.ts';
import { groupPath, paths, wholeAddress, withQuery } from '../paths.ts';
import type { Services } from '../services.ts';
import { forgetMailsAbout } from '../store/mail-queue.ts';
import { readBouncedAbout } from '../store/mails.ts';
import {
  dropPending,
  findSubscription,
  holdNews,
  noteKnown,
  readConfirmedKeys,
  readUnconfirmedKeys,
  type Subscription,
} from '../store/subscriptions.ts';
import { cityLabel, formatDistance, livenessText } from '../web/format.ts';
import { groupsAround, toNear } from './groups-around.ts';
import { stopLink, stopToken } from './links.ts';
import { endSubscriptions } from './stop.ts';

/** Erases what was never confirmed and what cannot be delivered, then tells everybody else. Safe to repeat. */
export async function tellSubscribers(
  services: Pick<Services, 'store' | 'directory' | 'secret' | 'clock' | 'mail' | 'config'>,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  const { store, clock } = services;
  const oldest = new Date(clock().getTime() - unconfirmedDays * 86_400_000);
  await endSubscriptions(store, await readUnconfirmedKeys(store, oldest));
  await endSubscriptions(store, await readBouncedAbout(store, 'subscription'));
  for (const key of await readConfirmedKeys(store)) {
    if (signal.aborted) return;
    await tellOne(services, key);
  }
}

type Context = Parameters<typeof tellSubscribers>[0];

async function tellOne(services: Context, key: string): Promise<void> {
  const { store, clock } = services;
  const directory = services.directory.current();
  const today = dayOf(clock());
  const found = await findSubscription(store, key);
  if (!found) return;
  if (found.pending) return mailNews(services, directory, found, found.pending);
  if (!mayTellOn(found.lastMailOn, today)) return;
  const near = toNear(groupsAround(directory, found.place, found.miles));
  const news = findNews(found.known, near, today);
  const known = knownAfter(found.known, near, news, today);
  if (news.length === 0) {
    if (JSON.stringify(known) !== JSON.stringify(found.known)) await noteKnown(store, found, known);
    return;
  }
  if (!(await holdNews(store, found, { news, known, today }))) return;
  await mailNews(services, directory, found, { number: found.mails + 1, news });
}

async function mailNews(
  services: Context,
  directory: Directory,
  subscription: Subscription,
  { number, news }: NonNullable<Subscription['pending']>,
): Promise<void> {
  const { store, secret, mail, config } = services;
  const { key, address, place, placeKey, miles } = subscription;
  const groups = newsLines(directory, subscription, news, config.publicUrl);
  if (groups.length > 0) {
    await mail.post({
      key: `subscription ${key} ${number}`,
      to: address,
      purpose: 'subscription',
      about: { kind: 'subscription', slug: key },
      template: 'subscription-news',
      data: {
        link: findLink(config.publicUrl, subscription),
        place: place.name,
        distance: formatDistance(miles, place.country),
        groups: groups.slice(0, mostNamed),
        more: Math.max(0, groups.length - mostNamed),
      },
      listUnsubscribe: stopLink(config.publicUrl, stopToken(secret, address, placeKey)),
    });
  }
  const isThere = await dropPending(store, key, number);
  if (!isThere) await forgetMailsAbout(store, { kind: 'subscription', slug: key });
}

/** Nearest first; groups that left the directory or the distance since are passed over. */
function newsLines(
  directory: Directory,
  { place, miles }: Subscription,
  news: readonly GroupNews[],
  publicUrl: string,
) {
  const kinds = new Map(news.map(({ slug, kind }) => [slug, kind]));
  const today: Day = directory.today;
  return groupsAround(directory, place, miles).flatMap(({ group, distanceMiles }) => {
    const kind = kinds.get(group.slug);
    if (!kind) return [];
    const at = group.cityEntry ? `${cityLabel(group.cityEntry)}, ` : '';
    return {
      name: group.name,
      kind,
      where: `${at}${formatDistance(distanceMiles, place.country)} away`,
      liveness: livenessText(group, today),
      link: wholeAddress(publicUrl, groupPath(group.slug)),
    };
  });
}

/** The answer of today for the place. */
function findLink(publicUrl: string, { place, miles: within }: Subscription): string {
  const { name, country, lat, lng } = place;
  // Bare coordinates are of no country, and their name is no place that could be looked for.
  const asked = country === '' ? { lat, lng, within } : { place: name, within };
  return wholeAddress(publicUrl, withQuery(paths.find, asked));
}
