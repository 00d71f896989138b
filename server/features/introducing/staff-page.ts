// One introduction for staff: how it stands, what was said, how its mails fared, and what staff can do.
import type { Directory } from '../../directory/directory.ts';
import { lastDayToAnswer, otherSide, stateOn } from '../../domain/introduction.ts';
import { nameOf } from '../../introductions/pair.ts';
import { stateLabels } from '../../introductions/words.ts';
import { groupPath, partnerPath, paths, staffIntroductionPath } from '../../paths.ts';
import type { Introduction } from '../../store/introductions.ts';
import type { Mail } from '../../store/mails.ts';
import { formatDate } from '../../web/format.ts';
import type { Page } from '../../web/render.ts';
import { paragraphsOf } from './answer-page.ts';
import { privateHead } from './ask-page.ts';

export interface StaffPage extends Page {
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
  readonly title: string;
  readonly lede: string;
  readonly notice: string;
  readonly facts: readonly {
    readonly name: string;
    readonly value: string;
    readonly href: string | null;
  }[];
  readonly words: readonly { readonly title: string; readonly paragraphs: readonly string[] }[];
  readonly reasons: readonly string[];
  readonly mails: readonly string[];
  readonly action: string;
  readonly canWithdraw: boolean;
  /** Why it could not be sent, and what helps; '' where it could. */
  readonly stuck: string;
}

const mailStates = {
  waiting: 'waits to be sent',
  sending: 'is on its way',
  sent: 'was sent',
  failed: 'could not be sent',
  bounced: 'was refused by the address',
  unsure: 'may have arrived or not',
} as const;

const mailNames: readonly (readonly [mark: string, name: string])[] = [
  [' request ', 'The question'],
  [' reminder ', 'The reminder'],
  [' accepted ', 'The mail with the other’s address'],
  [' on-behalf', 'The note to those in whose name staff asked'],
];

const mailText = ({ key, state, sentAt, queuedAt }: Mail): string => {
  const name = mailNames.find(([mark]) => key.includes(mark))?.[1] ?? 'The mail with the outcome';
  const at = (sentAt ?? queuedAt).toISOString().slice(0, 10);
  return `${name} ${mailStates[state]}, ${formatDate(at)}.`;
};

const stuckTexts = {
  'no-address': 'No address is known that it could go to.',
  refused: 'Every address refused the mail.',
} as const;

export function staffPage(
  directory: Directory,
  one: Introduction,
  more: { readonly asker: string; readonly mails: readonly Mail[]; readonly notice: string },
): StaffPage {
  const asked = otherSide(one.from);
  const [from, to] = [nameOf(directory, one.from, one), nameOf(directory, asked, one)];
  const state = stateOn(one, directory.today);
  const title = `${from} to ${to}`;
  const path = { partner: partnerPath(one.partner), group: groupPath(one.group) };
  const fact = (name: string, value: string, href: string | null = null) => ({ name, value, href });
  return {
    head: privateHead(title, paths.staff.introductions),
    crumbs: [{ label: 'Introductions', href: paths.staff.introductions }, { label: title }],
    title,
    lede: `${stateLabels[state]}.`,
    notice: more.notice,
    facts: [
      fact('Asks', from, path[one.from]),
      fact('Is asked', to, path[asked]),
      fact('Asked on', formatDate(one.askedOn)),
      fact('Asked by', one.onBehalf ? `${more.asker}, in the name of ${from}` : more.asker),
      ...(one.remindedOn ? [fact('Reminded on', formatDate(one.remindedOn))] : []),
      ...(state === 'asked' ? [fact('Open until', formatDate(lastDayToAnswer(one)))] : []),
      ...(one.endedOn ? [fact('Ended on', formatDate(one.endedOn))] : []),
    ],
    words: [
      { title: `What ${from} says`, paragraphs: paragraphsOf(one.word) },
      { title: `What ${to} says`, paragraphs: paragraphsOf(one.answer?.word ?? '') },
    ].filter(({ paragraphs }) => paragraphs.length > 0),
    reasons: one.reasons,
    mails: more.mails.map(mailText),
    action: staffIntroductionPath(one.id),
    canWithdraw: state === 'asked',
    stuck:
      state === 'could-not-be-sent'
        ? `${stuckTexts[one.problem ?? 'no-address']} Add a person or a contact address of ${to}, then ask again; ${from} waits to hear.`
        : '',
  };
}
