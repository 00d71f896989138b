// When a group is asked whether it is still there, and what becomes of a request that nobody answers.
// No clock and no store: today, the group and its earlier requests are arguments. Mailing is left to server/still-here.
import { addDays, addMonths, type Day, lastDay } from './dates.ts';
import { liveMonths, livenessOf } from './liveness.ts';
import type { Group, PartialDate, Timestamp } from './records.ts';

/**
 * `asked` and `reminded` wait for an answer. `confirmed`, `changed` and `stopped` are answers. `missed`: nobody
 * answered a mail that arrived. `withdrawn`: no answer was needed any more, or the mail reached nobody.
 */
export const requestStates = [
  'asked',
  'reminded',
  'confirmed',
  'changed',
  'stopped',
  'missed',
  'withdrawn',
] as const;
export type RequestState = (typeof requestStates)[number];

/** Why a request was withdrawn: the group showed itself, nobody could be reached, or it was closed meanwhile. */
export const withdrawals = ['alive', 'unreachable', 'closed'] as const;
export type Withdrawal = (typeof withdrawals)[number];

/** One request to confirm, as the rules see it. */
export interface ConfirmationRequest {
  /** Slug of the group. */
  readonly group: string;
  /** The first request of a group is 1. */
  readonly round: number;
  readonly state: RequestState;
  readonly askedAt: Timestamp;
  readonly remindedAt: Timestamp | null;
  /** True where missing it closed the group: the count of missed ones starts anew after it. */
  readonly closedGroup: boolean;
}

/** What the rules need to know of a group. */
export type AskedGroup = Pick<Group, 'signs' | 'listing' | 'closed'>;

/** A group is asked once in so many months. */
const yearMonths = 12;
/** A request so shortly before a group turned quiet stands for the one that it would get then. */
const coveredMonths = 3;
/** Days until the reminder, and from the reminder until the request counts as missed: 30 in all. */
export const remindAfterDays = 14;
export const missAfterDays = 16;
/** Days for which the links of a mail work. */
export const linkDays = 60;

/** What finders read of a group that the rule closed. */
export const closedReason = 'two requests to confirm went unanswered';

export const waitsForAnswer = ({ state }: Pick<ConfirmationRequest, 'state'>): boolean =>
  state === 'asked' || state === 'reminded';

export const isAnswered = ({ state }: Pick<ConfirmationRequest, 'state'>): boolean =>
  state === 'confirmed' || state === 'changed' || state === 'stopped';

const dayOfStamp = (stamp: Timestamp): Day => stamp.slice(0, 10);

const newestOf = (requests: readonly ConfirmationRequest[]): ConfirmationRequest | undefined =>
  requests.reduce<ConfirmationRequest | undefined>(
    (newest, request) => (newest && newest.round > request.round ? newest : request),
    undefined,
  );

/** The first day on which a group counts as quiet; null where it is not. */
export function quietSince(group: AskedGroup, today: Day): Day | null {
  const { state, sign } = livenessOf(group, today);
  if (state !== 'quiet') return null;
  if (sign) return addDays(addMonths(lastDay(sign.date), liveMonths), 1);
  return group.listing ? lastDay(group.listing.date) : today;
}

/** The newest day on which a person confirmed the group; null where none did. */
function lastConfirmed({ signs }: AskedGroup, today: Day): Day | null {
  const days = signs
    .filter(({ kind, date }) => kind === 'confirmed' && date <= today)
    .map(({ date }) => lastDay(date));
  return days.sort().at(-1) ?? null;
}

/**
 * Why a group is to be asked on this day, null where it is not: a year has passed since it was last asked or
 * confirmed (`yearly`, also for one that never was), or it turned quiet since it was last asked (`quiet`).
 * Never while a request waits for its answer, and never a closed group.
 */
export function reasonToAsk(
  group: AskedGroup,
  requests: readonly ConfirmationRequest[],
  today: Day,
): 'yearly' | 'quiet' | null {
  if (livenessOf(group, today).state === 'closed') return null;
  if (requests.some(waitsForAnswer)) return null;
  const newest = newestOf(requests);
  const asked = newest ? dayOfStamp(newest.askedAt) : null;
  const anchor = [asked, lastConfirmed(group, today)]
    .filter((day) => day !== null)
    .sort()
    .at(-1);
  if (anchor === undefined || addMonths(anchor, yearMonths) <= today) return 'yearly';
  const quiet = quietSince(group, today);
  const isCovered = asked !== null && quiet !== null && addMonths(asked, coveredMonths) >= quiet;
  return quiet !== null && !isCovered ? 'quiet' : null;
}

/** Whether a sign of life is dated on this day or after it. A month or a year counts by its last day. */
export function hasSignSince(group: AskedGroup, day: Day, today: Day): boolean {
  const { sign } = livenessOf(group, today);
  return sign !== null && lastDay(sign.date) >= day;
}

/** What is known of a request beside itself. */
export interface RequestFacts {
  readonly group: AskedGroup;
  /** False where nobody is left who may be written to. */
  readonly hasAddress: boolean;
  /** True where a mail server took at least one of its mails. */
  readonly arrived: boolean;
}

export type NextStep =
  | { readonly step: 'wait' | 'remind' | 'miss' }
  | { readonly step: 'withdraw'; readonly why: Withdrawal };

/** What is to be done on this day with a request that waits for its answer. */
export function nextStep(
  request: Pick<ConfirmationRequest, 'askedAt' | 'remindedAt'>,
  { group, hasAddress, arrived }: RequestFacts,
  today: Day,
): NextStep {
  const asked = dayOfStamp(request.askedAt);
  const reminded = request.remindedAt === null ? null : dayOfStamp(request.remindedAt);
  if (livenessOf(group, today).state === 'closed') return { step: 'withdraw', why: 'closed' };
  if (!hasAddress) return { step: 'withdraw', why: 'unreachable' };
  const isAlive = hasSignSince(group, asked, today);
  if (isAlive && today >= addDays(asked, remindAfterDays + missAfterDays)) {
    return { step: 'withdraw', why: 'alive' };
  }
  if (isAlive) return { step: 'wait' };
  if (reminded === null) {
    return { step: today >= addDays(asked, remindAfterDays) ? 'remind' : 'wait' };
  }
  if (today < addDays(reminded, missAfterDays)) return { step: 'wait' };
  return arrived ? { step: 'miss' } : { step: 'withdraw', why: 'unreachable' };
}

/**
 * The missed request before this one that makes it the second in a row; null where there is none.
 * An answer or any sign of life in between starts the count anew, and so does a closing that was taken back.
 * Requests that reached nobody count neither way.
 */
export function missedBefore(
  group: AskedGroup,
  requests: readonly ConfirmationRequest[],
  request: Pick<ConfirmationRequest, 'round'>,
  today: Day,
): ConfirmationRequest | null {
  const before = newestOf(
    requests.filter(({ round, state }) => round < request.round && state !== 'withdrawn'),
  );
  if (before?.state !== 'missed' || before.closedGroup) return null;
  return hasSignSince(group, dayOfStamp(before.askedAt), today) ? null : before;
}

/** The last day on which the links of a request work. */
export const linkEnds = ({
  askedAt,
  remindedAt,
}: Pick<ConfirmationRequest, 'askedAt' | 'remindedAt'>): Day =>
  addDays(dayOfStamp(remindedAt ?? askedAt), linkDays);

/** Addresses in one spelling, each once, without those who asked not to be written to. */
export function whoIsAsked(
  contacts: readonly string[],
  organizers: readonly string[],
  refuses: (address: string) => boolean,
): string[] {
  const all = [...contacts, ...organizers].map((address) => address.trim().toLowerCase());
  return [...new Set(all)].filter((address) => address !== '' && !refuses(address)).sort();
}

/** Days for which the link to bring a group back works. */
export const returnLinkDays = 14;

/**
 * Whether the link brings a closed group back at once. A contact's or an organizer's always does. Somebody else's
 * does once a year: being shown as active again harms nobody and is undone with one press, but a group that staff
 * closed again, or that strangers bring back and back, is for staff to look at.
 */
export function returnsAtOnce(
  asked: { readonly known: boolean },
  earlier: readonly {
    readonly known: boolean;
    readonly state: string;
    readonly usedAt: Timestamp | null;
  }[],
  today: Day,
): boolean {
  if (asked.known) return true;
  return !earlier.some(
    ({ known, state, usedAt }) =>
      !known &&
      (state === 'returned' || state === 'undone') &&
      usedAt !== null &&
      addMonths(usedAt.slice(0, 10), yearMonths) > today,
  );
}

/**
 * The closing of a group that says it has stopped. It is dated when it stopped, unless a sign of life is newer: then
 * this day, with the group's own date in the reason. Meetings that were announced for later are off.
 */
export function closingOf(
  group: AskedGroup,
  told: { readonly who: string; readonly word: string; readonly since: PartialDate | null },
  today: Day,
): Required<Pick<Group, 'closed' | 'signs'>> {
  const signs = group.signs.filter(({ kind, date }) => kind !== 'next-event' || date <= today);
  const newest = livenessOf({ ...group, signs, closed: null }, today).sign;
  const { since } = told;
  const isDated = since !== null && !(newest && lastDay(newest.date) > lastDay(since));
  const when = since !== null && !isDated ? ` in ${since.slice(0, 4)}` : '';
  const word = told.word === '' ? '' : `: “${told.word}”`;
  return {
    signs,
    closed: {
      date: isDated ? since : today,
      reason: `${told.who} that it stopped${when}${word}`,
    },
  };
}
