// Introductions in the words of the pages: why one is not asked for, and how one stands.
import {
  type IntroductionState,
  mostPerDay,
  mostPerWeek,
  type Refusal,
  restMonths,
  type Side,
} from '../domain/introduction.ts';
import { formatDate } from '../web/format.ts';

export interface Names {
  /** The side that asks, and the side that is asked. */
  readonly from: string;
  readonly to: string;
}

/** What stands in the way, in a sentence or two. `unwanted`: nobody is left who wants such mail. */
export function refusalSentence(
  refusal: Refusal | { readonly kind: 'unwanted' } | { readonly kind: 'no-match' },
  { from, to }: Names,
  side: Side,
): string {
  switch (refusal.kind) {
    case 'not-theirs':
      return `Your account speaks for neither ${from} nor ${to}, so it cannot ask for them.`;
    case 'both-theirs':
      return `You speak for both ${from} and ${to}: there is nobody to introduce you to.`;
    case 'no-match':
      return `${from} and ${to} are no match any more: they are too far apart, or one of them has closed.`;
    case 'unwanted':
      return `${to} asked not to be written to about introductions, and we keep to that.`;
    case 'open':
      return refusal.from === side
        ? `${to} was asked already and has not answered yet. They are reminded once.`
        : `${to} has asked the same of ${from}: you can answer that instead.`;
    case 'introduced':
      return `${from} and ${to} were introduced on ${formatDate(refusal.since)}: both have the other’s address in their mail.`;
    case 'resting':
      return `${to} preferred not to be introduced. You can ask again from ${formatDate(refusal.on)} on, ${restMonths} months after; they can turn to you at any time.`;
    case 'person-limit':
      return `You asked for ${mostPerDay} introductions today, and that is as many as one person may. Come back tomorrow.`;
    case 'recipient-limit':
      return `${to} was asked for ${mostPerWeek} introductions within a week. So that nobody is flooded, you can ask from ${formatDate(refusal.on)} on.`;
  }
}

export const stateLabels: Readonly<Record<IntroductionState, string>> = {
  asked: 'Asked, not answered yet',
  accepted: 'Accepted',
  declined: 'Declined',
  expired: 'Not answered in time',
  withdrawn: 'Withdrawn',
  'could-not-be-sent': 'Could not be sent',
};
