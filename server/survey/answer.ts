// One answer as the form sends it, and the report that it becomes. What is asked in which words is in answer-words.ts.
import type { Report } from '../domain/records.ts';
import type { Level } from '../domain/words.ts';
import type { Draft } from '../store/invitations.ts';

/** An answer that is whole enough to be filed: all but the level may be empty. */
export type Answer = Draft & { readonly level: Level };

/** The part of a report that the form asks for. */
export type Answered = Pick<
  Report,
  'level' | 'groups' | 'gave' | 'barriers' | 'wantsTies' | 'publicNote' | 'internalNote'
>;

export const emptyDraft: Draft = {
  level: '',
  groups: [],
  anotherGroup: '',
  gave: [],
  barriers: [],
  wantsTies: '',
  publicNote: '',
  internalNote: '',
};

const wishes = { yes: true, no: false, '': null } as const;

/** Another group, told in words, is no part of a report: it becomes a suggestion. */
export const toAnswered = (answer: Answer): Answered => ({
  level: answer.level,
  groups: answer.groups,
  gave: answer.gave,
  barriers: answer.barriers,
  wantsTies: wishes[answer.wantsTies],
  publicNote: answer.publicNote,
  internalNote: answer.internalNote,
});

/** What the form shows for a report. */
export const toDraft = (report: Answered): Draft => ({
  level: report.level,
  groups: report.groups,
  anotherGroup: '',
  gave: report.gave,
  barriers: report.barriers,
  wantsTies: report.wantsTies === null ? '' : report.wantsTies ? 'yes' : 'no',
  publicNote: report.publicNote,
  internalNote: report.internalNote,
});

const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((item) => other.includes(item));

/** Whether two fillings of the form say the same; the order of what was ticked says nothing. */
export const sameDraft = (one: Draft, other: Draft): boolean =>
  one.level === other.level &&
  one.anotherGroup === other.anotherGroup &&
  one.wantsTies === other.wantsTies &&
  one.publicNote === other.publicNote &&
  one.internalNote === other.internalNote &&
  sameSet(one.groups, other.groups) &&
  sameSet(one.gave, other.gave) &&
  sameSet(one.barriers, other.barriers);

/** Whether a report says the same as another; who filed it and when is left out. */
export const sameAnswer = (one: Answered, other: Answered): boolean =>
  sameDraft(toDraft(one), toDraft(other));
