// What is kept of whom, why, for how long and who sees it, as the template prints it. The figures are those that the
// program goes by: a change there is a change here.
import { linkMinutes, sessionDays } from '../../accounts/sign-in.ts';
import { expiryDays } from '../../domain/introduction.ts';
import { dataLinkHours, keepDays } from '../../domain/keeping.ts';
import { returnLinkDays } from '../../domain/still-here.ts';
import { unconfirmedDays } from '../../domain/subscription.ts';
import { paths } from '../../paths.ts';
import { formatCount } from '../../web/format.ts';
import type { Page } from '../../web/render.ts';

export interface PrivacyPage extends Page {
  readonly kinds: readonly {
    readonly what: string;
    readonly kept: string;
    readonly why: string;
    readonly until: string;
    readonly seenBy: string;
  }[];
  readonly dataHref: string;
  readonly askHref: string;
  readonly hours: string;
}

const days = (count: number): string => formatCount(count, 'day', 'days');

/** @param backupDays how long a backup is kept */
export function privacyPage(backupDays: number): PrivacyPage {
  return {
    head: {
      title: 'Personal data',
      description:
        'What Crosswalk keeps of people, why, for how long, who sees it, and how to see, correct and erase it.',
      canonical: paths.privacy,
      section: null,
      structuredData: null,
    },
    kinds: kindsOf(backupDays),
    dataHref: paths.accountData,
    askHref: paths.askForData,
    hours: formatCount(dataLinkHours, 'hour', 'hours'),
  };
}

const staff = 'NNIP staff';

const kindsOf = (backupDays: number): PrivacyPage['kinds'] => [
  {
    what: 'An account',
    kept: 'Mail address, name, what it may do. For each place where you are signed in: the kind of browser.',
    why: 'So that you can sign in.',
    until: `Until you erase it or staff remove it. A session ends after ${days(sessionDays)}, a sign-in link after ${formatCount(linkMinutes, 'minute', 'minutes')}.`,
    seenBy: `You and ${staff}`,
  },
  {
    what: 'A contact of an NNIP partner',
    kept: 'The mail address.',
    why: 'To send the survey, and to introduce groups to the partner.',
    until: `Until you, the partner or staff take it out. Where an invitation to a survey was sent: ${days(keepDays.invitationAddress)}.`,
    seenBy: `The partner and ${staff}`,
  },
  {
    what: 'A contact of a civic tech group',
    kept: 'The mail address.',
    why: 'To ask whether the group is still there, and to introduce partners to it.',
    until: 'Until you, the group or staff take it out.',
    seenBy: `The group’s organizers and ${staff}`,
  },
  {
    what: 'An answer to a survey',
    kept: 'Which account gave it, where one did. The answer itself is the partner’s.',
    why: 'So that questions about it find somebody.',
    until: 'Until the account is erased. The answer stays, with a mark that leads to nobody.',
    seenBy: staff,
  },
  {
    what: 'A suggestion',
    kept: 'The sender’s mail address, where one was left.',
    why: 'To tell you what became of it.',
    until: `Until you were told; ${days(keepDays.toldSender)} where that failed, ${days(keepDays.suggestionSender)} where nobody decides. The suggestion stays.`,
    seenBy: 'Nobody: the program alone writes to it',
  },
  {
    what: 'An introduction',
    kept: 'Names and mail addresses of both sides, and what they wrote.',
    why: 'To bring a partner and a group together.',
    until: `Addresses go when it ends without a yes, after ${days(expiryDays)} at most; after a yes, ${days(keepDays.introductionSides)} later.`,
    seenBy: `${staff}; after a yes, the other side`,
  },
  {
    what: 'News of groups near a place',
    kept: 'Mail address, place to within a kilometre, distance.',
    why: 'To tell you when a group starts or wakes up.',
    until: `Until you stop it. Without your confirmation, ${days(unconfirmedDays)}.`,
    seenBy: 'Nobody',
  },
  {
    what: 'Bringing a closed group back',
    kept: 'The mail address.',
    why: 'To mail the link, and so that staff can ask something.',
    until: `Until staff have looked, ${days(keepDays.returnAddress)} at most. The link works for ${days(returnLinkDays)}.`,
    seenBy: staff,
  },
  {
    what: '“Do not write to me again”',
    kept: 'A code that follows from the address. The address can’t be read from it.',
    why: 'So that we keep to it.',
    until: 'For good, also when the rest is erased: without it we would write again.',
    seenBy: 'Nobody',
  },
  {
    what: 'A mail that we sent',
    kept: 'The address. What it said goes when it is sent.',
    why: 'So that staff see whether it arrived.',
    until: `${days(keepDays.mailAddress)}. That a mail was sent stays.`,
    seenBy: staff,
  },
  {
    what: 'The log of changes',
    kept: 'Which account changed what. Contact addresses stand in it while they are contacts.',
    why: 'So that a mistake can be taken back.',
    until:
      'For good. When you erase what is kept of you, your address is struck out, and your account becomes a mark that leads to nobody.',
    seenBy: staff,
  },
  {
    what: 'Backups',
    kept: 'Everything above, as it was that night.',
    why: 'So that nothing is lost.',
    until:
      backupDays === 0
        ? 'None are made by themselves. Whoever makes one keeps it no longer than needed.'
        : `${days(backupDays)}. What is erased today is gone from the last backup then.`,
    seenBy: 'Whoever runs this site',
  },
  {
    what: 'Logs of the program, and its figures',
    kept: 'No name, no address, no place that you typed, no network address.',
    why: 'To see that it works.',
    until: 'Nothing of a person is in them.',
    seenBy: 'Whoever runs this site',
  },
];
