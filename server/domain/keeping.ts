// How long what is known of a person is kept: the figures that the daily cleaning goes by and that /privacy prints.
// What ends by itself sooner says so where it is made: sign-in links, sessions, unconfirmed subscriptions.

/** Days after which something about a person is erased, counted as each line says. */
export const keepDays = {
  /** The address of a mail, from the day it was asked for; that it was sent stays. */
  mailAddress: 90,
  /** The sender of a suggestion that nobody decides, from the day it came in; of a decided one when they were told. */
  suggestionSender: 365,
  /** The sender of a decided suggestion who could not be told, from the decision. */
  toldSender: 30,
  /** Who asked for a closed group to come back, from the day they asked; sooner once staff have looked. */
  returnAddress: 90,
  /** The two sides of an introduction, from its end; sooner where it ended without a yes. */
  introductionSides: 365,
  /** Where an invitation to a survey wave was sent, from the last thing that happened to it. */
  invitationAddress: 365,
} as const;

/** Hours for which a mailed link shows somebody's data, or changes their address. */
export const dataLinkHours = 24;

const dayLength = 86_400_000;

/** The moment before which something is too old to be kept for so many days. */
export const keptSince = (now: Date, days: number): Date =>
  new Date(now.getTime() - days * dayLength);
