// The page on which a sender follows a suggestion: its state, what staff said, and what was sent.
import type { Directory } from '../../directory/directory.ts';
import { dayOf } from '../../domain/dates.ts';
import { paths } from '../../paths.ts';
import type { Suggestion } from '../../store/suggestions.ts';
import { findSubject } from '../../suggestions/subject.ts';
import { outcomeOf } from '../../suggestions/tell-sender.ts';
import { formatDate } from '../../web/format.ts';
import type { Page } from '../../web/render.ts';
import {
  type Fact,
  paragraphsOf,
  recordPath,
  sentFacts,
  shownText,
  titleOf,
} from './suggestion-words.ts';

export interface FollowPage extends Page {
  readonly title: string;
  readonly lede: string;
  /** The record that it is about or that came of it, with what is to be said of it. */
  readonly record: {
    readonly intro: string;
    readonly name: string;
    readonly href: string;
    readonly text: string;
  } | null;
  /** The staff's word, in paragraphs. */
  readonly word: readonly string[];
  readonly facts: readonly Fact[];
  /** What happens with the mail address. */
  readonly mail: string;
  readonly suggest: string;
}

const day = (timestamp: string): string => formatDate(dayOf(new Date(timestamp)));

function ledeOf(suggestion: Suggestion): string {
  const { decision } = suggestion;
  const sent = `Sent on ${day(suggestion.createdAt)}.`;
  if (!decision) {
    return `${sent} It waits for NNIP staff to look at it. Nothing of it is shown before that.`;
  }
  const words = {
    accepted: 'accepted',
    'in-part': 'accepted in part',
    declined: 'looked at, and not taken into the directory',
  }[outcomeOf(suggestion)];
  return `${sent} It was ${words} on ${day(decision.at)}.`;
}

function recordOf(directory: Directory, suggestion: Suggestion): FollowPage['record'] {
  const written = suggestion.decision?.record ?? null;
  const record = written ?? suggestion.about;
  const subject = record && findSubject(directory, record);
  if (!record || !subject) return null;
  const isGroup = subject.record === 'group' && written !== null;
  return {
    intro: written ? '' : 'It is about ',
    name: subject.entry.name,
    href: recordPath(record),
    text: isGroup ? shownText(subject.entry) : '',
  };
}

export function followPage(directory: Directory, suggestion: Suggestion): FollowPage {
  const titles = {
    new: 'Thank you: your suggestion came in',
    accepted: 'Your suggestion was accepted',
    declined: 'Your suggestion was looked at',
  };
  const title = `${titles[suggestion.state]}`;
  return {
    head: {
      title: `${title}: ${titleOf(directory, suggestion)}`,
      description: 'What becomes of a suggestion for the directory.',
      // The address of the page is personal: it stands for the form that everybody may open.
      canonical: paths.suggest,
      section: null,
      structuredData: null,
      noIndex: true,
    },
    title,
    lede: ledeOf(suggestion),
    record: recordOf(directory, suggestion),
    word: paragraphsOf(suggestion.decision?.word ?? ''),
    facts: sentFacts(suggestion),
    mail: suggestion.hasSender
      ? 'A mail goes to the address that you gave as soon as it is decided.'
      : 'Keep the address of this page: it is the only way back to it.',
    suggest: paths.suggest,
  };
}
