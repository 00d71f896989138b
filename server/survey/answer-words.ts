// The words of the answer form: what is asked, what each choice means, and an answer told back in them.
// The form, its thanks and the mail of thanks say the same because they all read this.
import type { Directory } from '../directory/directory.ts';
import type { Barrier, Gift, Level } from '../domain/words.ts';
import type { Answered } from './answer.ts';

export interface Choice {
  readonly label: string;
  readonly meaning: string;
}

export const levelChoices: Readonly<Record<Level, Choice>> = {
  leads: {
    label: 'We lead a group',
    meaning: 'One of us organizes or co-leads a local civic tech group today.',
  },
  led: {
    label: 'We led a group before',
    meaning: 'One of us started or led a group, and does not any more.',
  },
  extensive: {
    label: 'We work closely with a group',
    meaning: 'We share projects, data or events with it again and again.',
  },
  some: {
    label: 'We have some contact',
    meaning: 'We know each other, and meet or write now and then.',
  },
  none: {
    label: 'We have no contact',
    meaning: 'We know that there is a group near us, and have nothing to do with it so far.',
  },
  unaware: {
    label: 'We know of no group near us',
    meaning: 'That is an answer too. We show you the nearest groups right away.',
  },
};

export const giftLabels: Readonly<Record<Gift, string>> = {
  data: 'Data',
  'technical-help': 'Technical help',
  space: 'Space to meet',
  'event-participation': 'Taking part in its events',
  'staff-member': 'A staff member who is active in the group',
};

export const barrierLabels: Readonly<Record<Barrier, string>> = {
  'irregular-meetings': 'It meets irregularly',
  'no-leadership': 'Nobody leads it at the moment',
  'no-group': 'There is no group near us',
  'no-time': 'We have no time for it',
  'no-common-interest': 'We see no common interest',
  other: 'Something else',
};

export const questions = {
  level: 'How do you work with civic tech groups?',
  groups: 'Which groups is this about?',
  anotherGroup: 'Another group',
  gave: 'What have you given to a group?',
  barriers: 'What stands in the way?',
  wantsTies: 'Would you like stronger ties with a group?',
  publicNote: 'A note for everybody',
  internalNote: 'A note for NNIP staff',
} as const;

export interface AnswerLine {
  readonly question: string;
  readonly answer: string;
  /** True where only the partner and NNIP staff see it. */
  readonly isPrivate: boolean;
}

/** The name of a group as people know it; its slug where the directory has it no more. */
export const groupName = (directory: Directory, slug: string): string =>
  directory.findGroup(slug)?.name ?? slug;

/**
 * An answer told back in the words of the form, without what nothing was said to; whole, so for the partner itself
 * and staff only.
 */
export function toAnswerLines(directory: Directory, answer: Answered): readonly AnswerLine[] {
  const { wantsTies } = answer;
  const line = (question: keyof typeof questions, text: string, isPrivate = false): AnswerLine => ({
    question: questions[question],
    answer: text,
    isPrivate,
  });
  return [
    line('level', levelChoices[answer.level].label),
    line('groups', answer.groups.map((slug) => groupName(directory, slug)).join(', ')),
    line('gave', answer.gave.map((gift) => giftLabels[gift]).join(', ')),
    line('wantsTies', wantsTies === null ? '' : wantsTies ? 'Yes' : 'No, not now'),
    line('publicNote', answer.publicNote),
    line('barriers', answer.barriers.map((barrier) => barrierLabels[barrier]).join(', '), true),
    line('internalNote', answer.internalNote, true),
  ].filter((said) => said.answer !== '');
}
