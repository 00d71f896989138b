// The mails of an introduction: the question, its reminder, what came of it, and a note to those for whom staff ask.
// Until both agree, none of them is filled with anybody's address.
import { z } from 'zod';
import { formatDate } from '../web/format.ts';
import { day, mailText, oneLine, paragraphsOf, webAddress } from './mail-text.ts';

const kinds = { partner: 'an NNIP partner', group: 'a civic tech group' } as const;
const kind = z.enum(['partner', 'group']);
const other = { partner: 'group', group: 'partner' } as const;

const nnip =
  'NNIP is the National Neighborhood Indicators Partnership; its partners keep data on neighborhoods and help people to use it.';

export const introduction = mailText(
  z.object({
    link: webAddress,
    /** The person who asks; '' where their name is not known. */
    askerName: z.string(),
    fromKind: kind,
    fromName: oneLine,
    toName: oneLine,
    /** Why they fit, one sentence each. */
    reasons: z.array(oneLine),
    /** As typed; an empty line parts paragraphs, and '' is none. */
    word: z.string(),
    answerBy: day,
    isReminder: z.boolean(),
  }),
  ({ link, askerName, fromKind, fromName, toName, reasons, word, answerBy, isReminder }) => ({
    subject: `${isReminder ? 'Still open: ' : ''}${fromName} would like to meet ${toName}`,
    reason: `somebody asked Crosswalk to introduce ${fromName} to ${toName}, and this is an address of ${toName}. They do not see it.`,
    link,
    opening: isReminder
      ? `You have not answered yet, and that is fine: this is the only reminder. ${fromName}, ${kinds[fromKind]}, would like to be introduced to ${toName}.`
      : `${askerName.trim() === '' ? fromName : `${askerName.trim()} of ${fromName}`}, ${kinds[fromKind]}, would like to be introduced to ${toName}.`,
    nnip,
    reasons,
    from: fromName,
    words: paragraphsOf(word),
    answerBy: formatDate(answerBy),
  }),
);

export const introductionAccepted = mailText(
  z.object({
    /** The side of whoever gets this mail. */
    to: kind,
    toName: oneLine,
    otherName: oneLine,
    /** '' where their name is not known. */
    otherPerson: z.string(),
    otherAddress: z.email(),
    /** Who accepted: whoever gets this mail, or the other. */
    acceptedBy: z.enum(['you', 'other']),
    /** What the one who accepted said to the one who asked; '' is nothing. */
    word: z.string(),
    reasons: z.array(oneLine),
    link: webAddress,
  }),
  ({ to, toName, otherName, otherPerson, otherAddress, acceptedBy, word, reasons, link }) => {
    const person = otherPerson.trim() === '' ? otherName : `${otherPerson.trim()} of ${otherName}`;
    return {
      subject: `${toName} and ${otherName}: here is how to reach each other`,
      replyTo: otherAddress,
      reason: `${toName} and ${otherName} both agreed to be introduced. Your answer to this mail goes to ${otherName}.`,
      opening:
        acceptedBy === 'you'
          ? `Thank you for agreeing to be introduced to ${otherName}, ${kinds[other[to]]}.`
          : `Good news: ${otherName}, ${kinds[other[to]]}, would like to be introduced.`,
      how: `You reach ${person} at ${otherAddress}, or by answering this mail. They have your address too, by a mail like this one.`,
      words: acceptedBy === 'other' ? paragraphsOf(word) : [],
      from: otherName,
      reasons,
      after:
        to === 'partner'
          ? 'When you have talked, a minute helps everybody to see how things stand:'
          : `More about ${otherName}:`,
      link,
      label: to === 'partner' ? 'Report contact status' : `See ${otherName}`,
    };
  },
);

const endings = {
  declined: (from: string, to: string) =>
    `${to} thanks ${from} for the interest, and would rather not be introduced now.`,
  expired: (from: string, to: string) =>
    `${to} did not answer within 30 days, so the introduction that was asked for ${from} has ended. People of volunteer groups come and go; it need not mean no.`,
  'could-not-be-sent': (_from: string, to: string) =>
    `The mail to ${to} could not be delivered, so nobody there knows of it. NNIP staff see this, and look for another way.`,
  'set-aside': (from: string, to: string) =>
    `NNIP staff found no way to reach ${to} for ${from}, and leave it at that for now.`,
} as const;

export const introductionEnded = mailText(
  z.object({
    outcome: z.enum(['declined', 'expired', 'could-not-be-sent', 'set-aside']),
    fromName: oneLine,
    toName: oneLine,
    /** What the other side said to the asker; '' is nothing. */
    word: z.string(),
    link: webAddress,
  }),
  ({ outcome, fromName, toName, word, link }) => ({
    subject: `${fromName} and ${toName}: what came of the introduction`,
    reason: `${fromName} asked to be introduced to ${toName}, with this address.`,
    opening: endings[outcome](fromName, toName),
    words: paragraphsOf(word),
    from: toName,
    privacy: `Your address was not shown to ${toName}.`,
    link,
  }),
);

export const introductionOnBehalf = mailText(
  z.object({ link: webAddress, fromName: oneLine, toName: oneLine, word: z.string() }),
  ({ link, fromName, toName, word }) => ({
    subject: `NNIP staff asked ${toName} for an introduction to ${fromName}`,
    reason: `NNIP staff asked for an introduction in the name of ${fromName}, and this is an address of ${fromName}.`,
    opening: `NNIP staff asked ${toName} whether they would like to be introduced to ${fromName}, as agreed with you. Your address is passed on only if they accept; then you get theirs.`,
    words: paragraphsOf(word),
    link,
  }),
);
