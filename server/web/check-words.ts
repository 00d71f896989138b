// What checks of a group's sources found, as people read it.
import type { GroupCheck } from '../domain/records.ts';
import { wasRead } from '../domain/signs.ts';
import type { CheckOutcome, CheckSource } from '../domain/words.ts';
import { formatAge, formatDate } from './format.ts';
import { toWebLink } from './record-words.ts';

const sourceLabels: Readonly<Record<CheckSource, string>> = {
  calendar: 'Calendar',
  meetup: 'Meetup page',
  'events-page': 'Events page',
  feed: 'News feed',
  code: 'GitHub page',
  website: 'Website',
};

export const checkSourceLabel = (source: CheckSource): string => sourceLabels[source];

const outcomeLabels: Readonly<Record<CheckOutcome, string>> = {
  signs: 'Told of signs of life',
  'nothing-new': 'Not changed since last time',
  'no-sign': 'Could be read, no sign of life',
  moved: 'Leads to another site',
  parked: 'Parked or for sale',
  unreadable: 'Could not be understood',
  gone: 'Gone',
  failed: 'Answered with an error',
  unreachable: 'Could not be reached',
  'too-slow': 'Took too long',
  'too-big': 'Too long to read',
  refused: 'Not asked: its address is not public',
  disallowed: 'Asks programs not to read it',
  later: 'Put off to another day',
  error: 'Crosswalk made a mistake',
};

export const checkOutcomeLabel = (outcome: CheckOutcome): string => outcomeLabels[outcome];

/** One line of what was checked: "Its calendar was read on 20 November 2026 (2 days ago)". */
export interface CheckLine {
  readonly text: string;
  readonly isFailing: boolean;
  readonly href: string | null;
}

/** What failed comes last: first what is known. */
export const checkLines = (checks: readonly GroupCheck[], today: string): readonly CheckLine[] =>
  [...checks]
    .sort((one, other) => Number(!wasRead(one.outcome)) - Number(!wasRead(other.outcome)))
    .map((check) => toCheckLine(check, today));

/** "Its calendar could not be read since 3 May 2026: it answered 404 (checked 2 days ago)." */
export function toCheckLine(check: GroupCheck, today: string): CheckLine {
  const checkedOn = check.checkedAt.slice(0, 10);
  const age = formatAge(checkedOn, today);
  const href = toWebLink(linkOf(check));
  const its = `Its ${sourceLabels[check.source].replace(/^[CNEW]/, (letter) => letter.toLowerCase())}`;
  if (check.outcome === 'later') {
    return { text: `${its} was not read yet: ${check.words}.`, isFailing: false, href };
  }
  if (wasRead(check.outcome)) {
    return { text: `${its} ${readWords(check)}, checked ${age}.`, isFailing: false, href };
  }
  const since = formatDate((check.failingSince ?? check.checkedAt).slice(0, 10));
  const problem =
    check.outcome === 'moved' || check.outcome === 'parked'
      ? `is not what it was since ${since}`
      : `could not be read since ${since}`;
  return { text: `${its} ${problem}: ${check.words}, checked ${age}.`, isFailing: true, href };
}

function readWords({ source, outcome, words }: GroupCheck): string {
  if (source === 'website') {
    if (words !== '') return 'answers, but does not name the group';
    return outcome === 'signs' ? 'answers' : 'answers; that alone is no sign of life';
  }
  return outcome === 'no-sign' ? 'could be read, and told of no sign of life' : 'could be read';
}

/** GitHub's interface for programs is nothing to look at: people are led to its pages. */
function linkOf({ source, address }: GroupCheck): string {
  if (source !== 'code') return address;
  const owner = /\/(?:orgs|users|repos)\/([^?]+?)(?:\/repos)?(?:\?|$)/.exec(address)?.[1];
  return owner ? `https://github.com/${owner}` : address;
}
