// The page behind the link in a mail: the question with its choices, or what has become of it.
import type { Directory } from '../../directory/directory.ts';
import { lastDayToAnswer, otherSide, stateOn } from '../../domain/introduction.ts';
import { nameOf } from '../../introductions/pair.ts';
import {
  groupPath,
  introductionPath,
  noIntroductionsPath,
  partnerPath,
  paths,
} from '../../paths.ts';
import type { Introduction } from '../../store/introductions.ts';
import type { FieldError } from '../../web/form-fields.ts';
import { formatDate } from '../../web/format.ts';
import type { Page } from '../../web/render.ts';
import { privateHead } from './ask-page.ts';

/** Whose link it is: one of those who are asked, or the one in whose name staff ask. */
export type Reader =
  | { readonly kind: 'asked'; readonly addressHash: string }
  | { readonly kind: 'asker' };

export interface AnswerPage extends Page {
  readonly title: string;
  readonly lede: string;
  readonly text: readonly string[];
  readonly from: { readonly name: string; readonly href: string };
  readonly word: readonly string[];
  readonly reasons: readonly string[];
  /** The form with the choices; null where there is nothing to choose. */
  readonly answer: {
    readonly action: string;
    readonly label: string;
    readonly word: string;
  } | null;
  readonly withdraw: string | null;
  /** Where to ask not to be written to again; null where that is kept already, or not theirs to ask. */
  readonly never: string | null;
  readonly errors: readonly FieldError[];
}

export interface AnswerState {
  readonly directory: Directory;
  readonly introduction: Introduction;
  readonly reader: Reader;
  readonly token: string;
  /** Whether their address is not to be written to. */
  readonly isKept: boolean;
  readonly word: string;
  readonly errors: readonly FieldError[];
}

export const paragraphsOf = (text: string): readonly string[] =>
  text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '');

const day = (moment: string | null): string => (moment ? formatDate(moment.slice(0, 10)) : '');

interface Said {
  readonly title: string;
  readonly text: readonly string[];
}

/** How it stands, said to those who are asked. */
function saidToAsked(one: Introduction, today: string, from: string, to: string): Said {
  const on = day(one.endedAt);
  switch (stateOn(one, today)) {
    case 'asked':
      return {
        title: `${from} would like to meet ${to}`,
        text: [
          `If you accept, each of you gets the other’s address by mail, and not before. If you decline, they are told so kindly. You can answer until the end of ${formatDate(lastDayToAnswer(one))}.`,
        ],
      };
    case 'accepted':
      return {
        title: 'The introduction was accepted',
        text: [
          `Accepted on ${on}. The mail that says how to reach ${from} went to whoever accepted; answering it reaches them.`,
        ],
      };
    case 'declined':
      return {
        title: 'The introduction was declined',
        text: [`Declined on ${on}. ${from} was told so kindly, and learned no address.`],
      };
    case 'withdrawn':
      return {
        title: 'The introduction was withdrawn',
        text: [`${from} withdrew the question on ${on}. There is nothing to do.`],
      };
    default:
      return {
        title: 'This question has ended',
        text: [
          `It could be answered until ${formatDate(lastDayToAnswer(one))}. ${from} learned no address. If you would like to meet them, sign in and ask from their page.`,
        ],
      };
  }
}

/** How it stands, said to the one in whose name staff asked. */
function saidToAsker(one: Introduction, today: string, to: string): Said {
  const on = day(one.endedAt);
  const texts = {
    asked: `${to} was asked on ${day(one.askedAt)} and has not answered yet. Your address is passed on only if they accept.`,
    accepted: `${to} accepted on ${on}. Their address is in the mail that you got.`,
    declined: `${to} preferred not to be introduced, on ${on}. They did not see your address.`,
    expired: `${to} did not answer until ${formatDate(lastDayToAnswer(one))}. They did not see your address.`,
    withdrawn: `It was withdrawn on ${on}.`,
    'could-not-be-sent': `${to} could not be reached yet. NNIP staff are looking for another way.`,
  };
  return { title: `Your introduction to ${to}`, text: [texts[stateOn(one, today)]] };
}

export function answerPage(state: AnswerState): AnswerPage {
  const { directory, introduction: one, reader, token, isKept } = state;
  const [from, to] = [
    nameOf(directory, one.from, one),
    nameOf(directory, otherSide(one.from), one),
  ];
  const isOpen = stateOn(one, directory.today) === 'asked';
  const isAsked = reader.kind === 'asked';
  const { title, text } = isAsked
    ? saidToAsked(one, directory.today, from, to)
    : saidToAsker(one, directory.today, to);
  const isShown = isOpen || !isAsked;
  return {
    // The address of the page is a secret: another stands for it.
    head: privateHead(state.errors.length > 0 ? `Error: ${title}` : title, paths.newIntroduction),
    title,
    lede: isAsked
      ? isOpen
        ? 'Would you like to be introduced?'
        : `For ${to}.`
      : `NNIP staff asked in the name of ${from}.`,
    text: [
      ...text,
      ...(isAsked && isKept
        ? ['You asked not to be written to about introductions, and we keep to that.']
        : []),
    ],
    from: isAsked
      ? { name: from, href: recordPath(one, one.from) }
      : { name: to, href: recordPath(one, otherSide(one.from)) },
    word: isShown ? paragraphsOf(one.word) : paragraphsOf(''),
    reasons: isShown && isAsked ? one.reasons : [],
    answer:
      isOpen && isAsked
        ? { action: introductionPath(token), label: `A word to ${from}`, word: state.word }
        : null,
    withdraw: isOpen && !isAsked ? introductionPath(token) : null,
    never: isAsked && !isKept ? noIntroductionsPath(token) : null,
    errors: state.errors,
  };
}

const recordPath = (one: Introduction, side: 'partner' | 'group'): string =>
  side === 'partner' ? partnerPath(one.partner) : groupPath(one.group);
