// The words of the mails to people who left an address for a place.
import { z } from 'zod';
import { formatCount, formatDate } from '../web/format.ts';
import { day, mailText, oneLine, webAddress } from './mail-text.ts';

const subscriptionReason = (distance: string, place: string): string =>
  `this address was left to be told when a civic tech group starts or wakes up within ${distance} of ${place}. It is used for nothing else.`;

/** Asks whether an address is to be told. */
export const subscriptionConfirm = mailText(
  z.object({
    link: webAddress,
    place: oneLine,
    distance: oneLine,
    /** The last day to confirm. */ until: day,
  }),
  ({ link, place, distance, until }) => ({
    subject: `Confirm: tell me of groups near ${place}`,
    reason: subscriptionReason(distance, place),
    link,
    place,
    distance,
    until: formatDate(until),
  }),
);

/** Tells what is new. */
export const subscriptionNews = mailText(
  z.object({
    /** What is near the place now. */
    link: webAddress,
    place: oneLine,
    distance: oneLine,
    groups: z
      .array(
        z.object({
          name: oneLine,
          kind: z.enum(['new', 'awake']),
          /** "Tulsa, OK, 4 miles away". */
          where: oneLine,
          liveness: oneLine,
          link: webAddress,
        }),
      )
      .min(1),
    /** How many more there are. */
    more: z.int().nonnegative(),
  }),
  ({ link, place, distance, groups, more }) => ({
    subject: newsSubject(
      place,
      groups.map(({ name }) => name),
      more,
    ),
    reason: subscriptionReason(distance, place),
    link,
    place,
    distance,
    groups: groups.map(({ kind, liveness, ...group }) => ({
      ...group,
      text: `${kind === 'new' ? 'New here' : 'Awake'}: ${liveness}`,
    })),
    more: more === 0 ? '' : `And ${formatCount(more, 'more group', 'more groups')}.`,
  }),
);

function newsSubject(place: string, names: readonly string[], more: number): string {
  const [only] = names;
  return names.length === 1 && more === 0
    ? `Near ${place}: ${only}`
    : `Near ${place}: ${formatCount(names.length + more, 'group has', 'groups have')} started or woken up`;
}
