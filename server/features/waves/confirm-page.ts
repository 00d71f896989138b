// What will happen, before it happens: the question in front of opening, reminding and closing.
import { dayOf } from '../../domain/dates.ts';
import type { Wave } from '../../domain/records.ts';
import { paths, staffWavePath, waveStepPath } from '../../paths.ts';
import { canBeReminded } from '../../survey/remind-partners.ts';
import type { Progress } from '../../survey/wave-progress.ts';
import { formatCount, formatDate } from '../../web/format.ts';
import type { Page } from '../../web/render.ts';
import { answeredText, staffHead } from './words.ts';

export type Step = 'open' | 'remind' | 'close';

export interface ConfirmPage extends Page {
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
  readonly title: string;
  readonly sentences: readonly string[];
  readonly warning: string;
  readonly action: string;
  /** Null where nothing would happen. */
  readonly button: string | null;
  readonly cancel: string;
}

interface Question {
  readonly title: string;
  readonly sentences: readonly string[];
  /** '' where it can be taken back. */
  readonly warning: string;
  readonly button: string | null;
}

export function confirmPage(
  step: Step,
  wave: Wave,
  progress: readonly Progress[],
  now: Date,
): ConfirmPage {
  const questions = { open: openQuestion, remind: remindQuestion, close: closeQuestion };
  const question = questions[step](wave, progress, now);
  return {
    head: staffHead(
      question.title,
      'A step of a survey wave, for NNIP staff.',
      waveStepPath(wave.slug, step),
    ),
    crumbs: [
      { label: 'Survey waves', href: paths.staff.waves },
      { label: wave.name, href: staffWavePath(wave.slug) },
      { label: question.title },
    ],
    ...question,
    action: waveStepPath(wave.slug, step),
    cancel: staffWavePath(wave.slug),
  };
}

const countMails = (lists: readonly (readonly string[])[]): number => lists.flat().length;

function openQuestion(wave: Wave, progress: readonly Progress[], now: Date): Question {
  const mails = countMails(progress.map(({ addresses }) => addresses));
  const silent = progress.filter(({ addresses }) => addresses.length === 0).length;
  const early =
    wave.opens === dayOf(now)
      ? ''
      : `It was planned for ${formatDate(wave.opens)}; today becomes its opening day.`;
  return {
    title: 'Open this wave?',
    sentences: [
      `It asks ${formatCount(progress.length, 'partner', 'partners')} until ${formatDate(wave.closes)}, each with a personal link of its own.`,
      `${sentence(formatCount(mails, 'invitation goes', 'invitations go'))} out by mail at once.`,
      ...(silent > 0
        ? [
            `${sentence(formatCount(silent, 'partner has', 'partners have'))} no mail address: the invitation follows as soon as one is added.`,
          ]
        : []),
      ...(early ? [early] : []),
    ],
    warning: 'Mails cannot be called back, and an open wave never becomes a draft again.',
    button:
      mails === 0
        ? 'Open the wave'
        : `Open the wave and send ${formatCount(mails, 'mail', 'mails')}`,
  };
}

function remindQuestion(_wave: Wave, progress: readonly Progress[], now: Date): Question {
  const remindable = progress.filter((one) => canBeReminded(one, now));
  const mails = countMails(remindable.map(({ reached }) => reached));
  if (remindable.length === 0) {
    return {
      title: 'Remind partners',
      sentences: [
        'There is nobody to remind now. Each partner that has not answered was reminded today already, or its invitation has not arrived.',
      ],
      warning: '',
      button: null,
    };
  }
  return {
    title: `Remind ${formatCount(remindable.length, 'partner', 'partners')}?`,
    sentences: [
      `${sentence(formatCount(remindable.length, 'partner that was', 'partners that were'))} asked and ${remindable.length === 1 ? 'has' : 'have'} not answered ${remindable.length === 1 ? 'gets' : 'get'} the same personal link again, at ${formatCount(mails, 'address', 'addresses')}.`,
      'Who has answered, and whose link was taken back, gets nothing. A partner is reminded once a day at most.',
    ],
    warning: 'Mails cannot be called back.',
    button: `Send ${formatCount(mails, 'reminder', 'reminders')}`,
  };
}

function closeQuestion(wave: Wave, progress: readonly Progress[], now: Date): Question {
  const answered = progress.filter(({ answer }) => answer !== null).length;
  const begun = progress.filter(({ answer, invitation }) => !answer && invitation?.draft).length;
  return {
    title: 'Close this wave?',
    sentences: [
      `${answeredText(answered, progress.length)}.`,
      ...(wave.closes >= dayOf(now)
        ? [`Partners were told that they can answer until ${formatDate(wave.closes)}.`]
        : []),
      ...(begun > 0
        ? [
            `${sentence(formatCount(begun, 'answer is', 'answers are'))} begun and not sent: it is kept for the next wave, and does not count in this one.`,
          ]
        : []),
      'The personal links take no more answers and show what was answered. The export is frozen: it stays the same whatever is edited later.',
    ],
    warning: 'This cannot be undone.',
    button: 'Close the wave for ever',
  };
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
