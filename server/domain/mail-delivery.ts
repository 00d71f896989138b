// What becomes of a mail: its states, the pauses between tries, and what a partner's mails of one wave add up to.
// No clock: the present moment is an argument. Sending itself is in server/mail.

/** What mails are for; a mail's purpose stands in its file name and in the log. */
export const mailPurposes = [
  'welcome',
  'sign-in',
  'invitation',
  'reminder',
  'thanks',
  'suggestion',
  'outreach',
  'subscription',
  'still-here',
  'bring-back',
  'introduction',
  'privacy',
] as const;
export type MailPurpose = (typeof mailPurposes)[number];

/**
 * `waiting` is due at some moment, `sending` is in somebody's hands, `sent` was accepted by a mail server or written
 * to the mail folder. `failed`: every try was used up. `bounced`: the recipient was refused for good.
 * `unsure`: it may have arrived or not, so it is never sent again by itself.
 */
export const mailStates = ['waiting', 'sending', 'sent', 'failed', 'bounced', 'unsure'] as const;
export type MailState = (typeof mailStates)[number];

/** The states that a person should look at. */
export const mailProblemStates = ['failed', 'bounced', 'unsure'] as const;

export const hasProblem = (state: MailState): boolean =>
  (mailProblemStates as readonly MailState[]).includes(state);

const minute = 60_000;
const hour = 60 * minute;

/** How long to wait after the first failed try, the second, and so on, in milliseconds. */
export const pauses: readonly number[] = [
  minute,
  5 * minute,
  30 * minute,
  2 * hour,
  6 * hour,
  24 * hour,
];

/**
 * When to try again after so many tries that surely delivered nothing; null when every try is used up,
 * or when the next one would come too late to be of use.
 */
export function nextTry(tries: number, now: Date, useUntil: Date | null): Date | null {
  const pause = pauses[tries - 1];
  if (pause === undefined) return null;
  const next = new Date(now.getTime() + pause);
  return useUntil !== null && next > useUntil ? null : next;
}

/** What deliveryOf needs to know of a mail. */
export interface MailFacts {
  readonly purpose: MailPurpose;
  readonly state: MailState;
  readonly queuedAt: Date;
  readonly sentAt: Date | null;
  readonly problem: string | null;
}

/** How the mails of one invitation fared. */
export interface Delivery {
  /** State of the newest invitation or reminder; null when none was ever made. */
  readonly state: MailState | null;
  /** When the first invitation left; null while none has. */
  readonly askedAt: Date | null;
  /** When the newest reminder left; null while none has. */
  readonly remindedAt: Date | null;
  readonly reminders: number;
  /** True when the newest asking mail was refused for good: the address needs correcting. */
  readonly bounced: boolean;
  /** What went wrong with the newest asking mail, in words; null when nothing did. */
  readonly problem: string | null;
}

/** Adds up the mails about one partner in one wave; mails with other purposes are passed over. */
export function deliveryOf(mails: readonly MailFacts[]): Delivery {
  const asking = mails
    .filter(({ purpose }) => purpose === 'invitation' || purpose === 'reminder')
    .sort((one, other) => one.queuedAt.getTime() - other.queuedAt.getTime());
  const newest = asking.at(-1);
  const sentTimes = (purpose: MailPurpose): Date[] =>
    asking.flatMap((mail) => (mail.purpose === purpose && mail.sentAt ? [mail.sentAt] : []));
  const reminders = sentTimes('reminder');
  return {
    state: newest?.state ?? null,
    askedAt: sentTimes('invitation')[0] ?? null,
    remindedAt: reminders.at(-1) ?? null,
    reminders: reminders.length,
    bounced: newest?.state === 'bounced',
    problem: newest && hasProblem(newest.state) ? newest.problem : null,
  };
}
