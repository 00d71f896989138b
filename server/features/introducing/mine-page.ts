// One's own introductions: asked of those for whom one speaks, and asked by them; the open ones first.
import type { Directory } from '../../directory/directory.ts';
import { lastDayToAnswer, otherSide, stateOn } from '../../domain/introduction.ts';
import { nameOf } from '../../introductions/pair.ts';
import { stateLabels } from '../../introductions/words.ts';
import {
  groupPath,
  myIntroductionPath,
  partnerPath,
  partnerReportPath,
  paths,
} from '../../paths.ts';
import type { FormerContact, Introduction } from '../../store/introductions.ts';
import type { SignedIn } from '../../web/access.ts';
import type { FieldError } from '../../web/form-fields.ts';
import { formatAge, formatDate } from '../../web/format.ts';
import type { Page } from '../../web/render.ts';
import { paragraphsOf } from './answer-page.ts';
import { type Link, privateHead } from './ask-page.ts';

export interface MyIntroduction {
  readonly id: string;
  readonly other: Link;
  /** For whom of mine it is. */
  readonly mine: string;
  readonly state: string;
  readonly when: string;
  readonly word: readonly string[];
  readonly wordBy: string;
  readonly reply: readonly string[];
  readonly replyBy: string;
  readonly reasons: readonly string[];
  /** How to reach the other, once both agreed, for the two who did. */
  readonly reach: { readonly name: string; readonly address: string } | null;
  readonly report: string | null;
  readonly action: string;
  readonly canAnswer: boolean;
  readonly canWithdraw: boolean;
  /** What was typed and not taken. */
  readonly typed: string;
  readonly error: string | null;
}

export interface MyIntroductionsPage extends Page {
  readonly errors: readonly FieldError[];
  readonly sections: readonly {
    readonly id: string;
    readonly title: string;
    readonly items: readonly MyIntroduction[];
    readonly none: string;
  }[];
  readonly mail: { readonly action: string; readonly isKept: boolean };
}

export interface Refused {
  readonly id: string;
  readonly word: string;
  readonly errors: readonly FieldError[];
}

const speaksFor = (viewer: SignedIn, one: Introduction, side: 'partner' | 'group'): boolean =>
  (side === 'partner' ? viewer.partners : viewer.groups).includes(one[side]);

/** Whether a person may answer: they speak for the side that is asked, and did not ask themselves. */
export const isAskedOf = (viewer: SignedIn, one: Introduction): boolean =>
  one.by !== viewer.id && speaksFor(viewer, one, otherSide(one.from));

export const isAskedBy = (viewer: SignedIn, one: Introduction): boolean =>
  one.by === viewer.id || speaksFor(viewer, one, one.from);

const isMe = (viewer: SignedIn, { address }: FormerContact): boolean =>
  address !== null && address.toLowerCase() === viewer.address.toLowerCase();

function reachOf(viewer: SignedIn, one: Introduction): MyIntroduction['reach'] {
  const { asker, answer, state } = one;
  if (state !== 'accepted' || !answer) return null;
  const other = isMe(viewer, asker) ? answer.contact : isMe(viewer, answer.contact) ? asker : null;
  return other?.address ? { name: other.name, address: other.address } : null;
}

function whenOf(one: Introduction, today: string): string {
  const asked = `Asked on ${formatDate(one.askedOn)}, ${formatAge(one.askedOn, today)}`;
  const state = stateOn(one, today);
  if (state === 'asked') return `${asked}. Open until ${formatDate(lastDayToAnswer(one))}.`;
  return one.endedOn ? `${asked}. Ended on ${formatDate(one.endedOn)}.` : `${asked}.`;
}

function toItem(
  directory: Directory,
  viewer: SignedIn,
  one: Introduction,
  refused: Refused | undefined,
): MyIntroduction {
  const isMine = isAskedBy(viewer, one);
  const mySide = isMine ? one.from : otherSide(one.from);
  const other = otherSide(mySide);
  const state = stateOn(one, directory.today);
  const [mine, theirs] = [nameOf(directory, mySide, one), nameOf(directory, other, one)];
  return {
    id: one.id,
    other: {
      label: theirs,
      href: other === 'partner' ? partnerPath(one.partner) : groupPath(one.group),
    },
    mine,
    state: stateLabels[state],
    when: whenOf(one, directory.today),
    word: paragraphsOf(one.word),
    wordBy: isMine ? 'Your word' : `${theirs} says`,
    reply: paragraphsOf(one.answer?.word ?? ''),
    replyBy: isMine ? `${theirs} says` : 'Your word',
    reasons: isMine ? [] : one.reasons,
    reach: reachOf(viewer, one),
    report:
      state === 'accepted' && mySide === 'partner' && speaksFor(viewer, one, 'partner')
        ? partnerReportPath(one.partner)
        : null,
    action: myIntroductionPath(one.id),
    canAnswer: state === 'asked' && isAskedOf(viewer, one),
    canWithdraw: state === 'asked' && isMine,
    typed: refused?.id === one.id ? refused.word : '',
    error: refused?.id === one.id ? (refused.errors[0]?.message ?? null) : null,
  };
}

export function myIntroductionsPage(
  directory: Directory,
  viewer: SignedIn,
  all: readonly Introduction[],
  options: { readonly isKept: boolean; readonly refused?: Refused },
): MyIntroductionsPage {
  const isOpen = (one: Introduction): boolean => stateOn(one, directory.today) === 'asked';
  const openFirst = [...all.filter(isOpen), ...all.filter((one) => !isOpen(one))];
  const items = (belongs: (viewer: SignedIn, one: Introduction) => boolean) =>
    openFirst
      .filter((one) => belongs(viewer, one))
      .map((one) => toItem(directory, viewer, one, options.refused));
  const errors = (options.refused?.errors ?? []).map(({ message }) => ({
    field: `word-${options.refused?.id}`,
    message,
  }));
  return {
    head: privateHead(
      errors.length > 0 ? 'Error: Your introductions' : 'Your introductions',
      paths.myIntroductions,
    ),
    errors,
    sections: [
      {
        id: 'asked-of-you',
        title: 'Asked of you',
        items: items((who, one) => isAskedOf(who, one) && !isAskedBy(who, one)),
        none: 'Nobody has asked to be introduced to you yet.',
      },
      {
        id: 'asked-by-you',
        title: 'Asked by you',
        items: items(isAskedBy),
        none: 'You have not asked for an introduction yet. The button is beside each match, on the page of a partner or a group.',
      },
    ],
    mail: { action: paths.introductionsMail, isKept: options.isKept },
  };
}
