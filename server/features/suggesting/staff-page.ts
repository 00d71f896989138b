// One suggestion as staff see it: field by field what would change, to take, to edit or to leave, and a word to the
// sender. The sender's address is not on it.
import type { Directory, GroupEntry } from '../../directory/directory.ts';
import { dayOf } from '../../domain/dates.ts';
import type { Double } from '../../domain/doubles.ts';
import { diffOf } from '../../domain/suggested.ts';
import { mergeGroupsPath, paths, staffSuggestionPath, surveyPath } from '../../paths.ts';
import type { Suggestion } from '../../store/suggestions.ts';
import { markOf } from '../../suggestions/decide.ts';
import { findSubject } from '../../suggestions/subject.ts';
import { formatDate } from '../../web/format.ts';
import type { Page } from '../../web/render.ts';
import { fieldName } from './field-words.ts';
import { type FormError, type InputView, plainInput } from './inputs.ts';
import { type Changes, type ChangesState, type ChangeView, changesOf } from './staff-changes.ts';
import { type DoubleView, toDouble } from './suggest-page.ts';
import {
  type Fact,
  kindLabel,
  paragraphsOf,
  recordPath,
  sentFacts,
  shownText,
  stateLabel,
  titleOf,
} from './suggestion-words.ts';

export interface StaffSuggestionPage extends Page {
  readonly title: string;
  readonly list: string;
  readonly lede: string;
  readonly about: { readonly name: string; readonly href: string } | null;
  readonly facts: readonly Fact[];
  readonly errors: readonly FormError[];
  /** What stands in the way; '' where nothing does. */
  readonly notice: string;
  /** Null once it is decided, or where its record is gone. */
  readonly form: {
    readonly action: string;
    readonly mark: string;
    readonly changes: readonly ChangeView[];
    readonly others: readonly ChangeView[];
    /** Whether the other fields are unfolded. */
    readonly opensOthers: boolean;
    readonly word: InputView;
    /** Offers to say that the whole record was checked. */
    readonly asksChecked: boolean;
    readonly isChecked: boolean;
    readonly canAccept: boolean;
  } | null;
  /** With the address where the two are merged; null where one of them is only proposed. */
  readonly doubles: readonly (DoubleView & { readonly merge: string | null })[];
  readonly doublesTitle: string;
  readonly decision: {
    readonly text: string;
    readonly word: readonly string[];
    readonly taken: string;
    readonly record: { readonly name: string; readonly href: string; readonly text: string } | null;
  } | null;
}

export interface StaffState extends ChangesState {
  readonly notice: string;
  /** Name of the person who decided. */
  readonly decidedBy: string;
  /** The record of ours that it is about, or that came of it; null while there is none. */
  readonly group: GroupEntry | null;
  readonly doubles: readonly Double<GroupEntry>[];
}

function originOf(directory: Directory, { wave, partner }: Suggestion): Fact[] {
  const from = partner === null ? undefined : directory.findPartner(partner);
  return [
    ...(from
      ? [
          {
            name: 'Came in with the answer of',
            value: from.name,
            href: recordPath({ record: 'partner', slug: from.slug }),
          },
        ]
      : []),
    ...(wave === null ? [] : [{ name: 'Wave', value: wave, href: surveyPath(wave) }]),
  ];
}

/** What was sent, in words that fit the staff. */
const staffFacts = (suggestion: Suggestion): Fact[] =>
  sentFacts({ ...suggestion, seen: {}, proposed: null }).map((fact) => ({
    ...fact,
    name: fact.name === 'In your own words' ? 'In their own words' : 'Where they know it from',
  }));

function formOf(directory: Directory, state: StaffState): StaffSuggestionPage['form'] {
  const { suggestion, sent, errors } = state;
  const { about } = suggestion;
  if (suggestion.state !== 'new') return null;
  const isThere = about === null || findSubject(directory, about) !== undefined;
  const none: Changes = { changes: [], others: [] };
  const { changes, others } = isThere ? changesOf(directory, state) : none;
  return {
    action: staffSuggestionPath(suggestion.id),
    mark: markOf(directory, suggestion),
    changes,
    others,
    opensOthers:
      changes.length === 0 || others.some(({ isTaken, input }) => isTaken || input.error !== null),
    word: plainInput(
      {
        id: 'word',
        label: suggestion.hasSender ? 'A word to the sender' : 'A word for the sender’s page',
        hint: suggestion.hasSender
          ? 'It goes out by mail and stands on the page on which they follow their suggestion.'
          : 'They gave no mail address: it stands on the page on which they follow their suggestion.',
        control: 'lines',
        value: sent?.word ?? '',
      },
      errors,
    ),
    asksChecked: about !== null && isThere,
    isChecked: sent?.isChecked ?? false,
    canAccept: isThere,
  };
}

function decisionOf(directory: Directory, { suggestion, decidedBy }: StaffState) {
  const { decision, state } = suggestion;
  if (!decision) return null;
  const { record, taken, word } = decision;
  const subject = record && findSubject(directory, record);
  return {
    text: `${stateLabel(state)} by ${decidedBy} on ${formatDate(dayOf(new Date(decision.at)))}.`,
    word: paragraphsOf(word),
    taken: taken.map((field) => fieldName(field)).join(', '),
    record:
      record && subject
        ? {
            name: subject.entry.name,
            href: recordPath(record),
            text: subject.record === 'group' ? shownText(subject.entry) : '',
          }
        : null,
  };
}

function noticeOf(directory: Directory, { suggestion, notice }: StaffState): string {
  const { about, state, text } = suggestion;
  if (notice !== '' || state !== 'new' || !about) return notice;
  const subject = findSubject(directory, about);
  if (!subject) return 'The record that it is about is not in the directory any more.';
  const changes = diffOf(subject.texts, {
    seen: suggestion.seen,
    proposed: suggestion.proposed ?? {},
  });
  if (changes.length > 0) return '';
  return text === ''
    ? 'The record says all of this by now: there is nothing left to change. Decline it with a word of thanks.'
    : 'It changes no field by itself. Where the words are right, change the fields below that they speak of.';
}

export function staffSuggestionPage(directory: Directory, state: StaffState): StaffSuggestionPage {
  const { suggestion, errors } = state;
  const { about } = suggestion;
  const title = titleOf(directory, suggestion);
  const subject = about && findSubject(directory, about);
  const sent = formatDate(dayOf(new Date(suggestion.createdAt)));
  return {
    head: {
      title: errors.length > 0 ? `Error: ${title}` : `Suggestion: ${title}`,
      description: 'A suggestion for the directory.',
      canonical: staffSuggestionPath(suggestion.id),
      section: null,
      structuredData: null,
      noIndex: true,
    },
    title,
    list: paths.staff.suggestions,
    lede: `${kindLabel(suggestion)}, sent on ${sent}. ${suggestion.state === 'new' ? 'Nothing of it is public yet.' : ''}`.trim(),
    about: about && subject ? { name: subject.entry.name, href: recordPath(about) } : null,
    facts: [...originOf(directory, suggestion), ...staffFacts(suggestion)],
    errors,
    notice: noticeOf(directory, state),
    form: formOf(directory, state),
    doubles: state.doubles.map((double) => ({
      ...toDouble(double),
      merge: state.group && mergeGroupsPath(state.group.slug, double.group.slug),
    })),
    doublesTitle: state.group
      ? 'It may be in the directory twice'
      : 'May be in the directory already',
    decision: decisionOf(directory, state),
  };
}
