// One suggestion as staff see it: field by field what would change, to take, to edit or to leave, and a word to the
// sender. The sender's address is not on it.
import type { Directory, GroupEntry } from '../../directory/directory.ts';
import { dayOf } from '../../domain/dates.ts';
import type { Double } from '../../domain/doubles.ts';
import {
  diffOf,
  fieldsOf,
  type SuggestedField,
  type SuggestedTexts,
} from '../../domain/suggested.ts';
import { paths, staffSuggestionPath, surveyPath } from '../../paths.ts';
import type { Suggestion } from '../../store/suggestions.ts';
import { markOf } from '../../suggestions/decide.ts';
import { findSubject } from '../../suggestions/subject.ts';
import { cityLabel, formatDate } from '../../web/format.ts';
import type { Page } from '../../web/render.ts';
import type { DecisionForm } from './decision-form.ts';
import { fieldName, fieldText } from './field-words.ts';
import { type FormError, fieldInput, type InputView, plainInput } from './inputs.ts';
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

/** One field that would change. */
export interface ChangeView {
  readonly name: string;
  readonly field: SuggestedField;
  /** A new group always has a name, a kind and a place. */
  readonly isFixed: boolean;
  readonly isTaken: boolean;
  /** What the record says; null for a new group. */
  readonly current: string | null;
  /** What it said when the suggestion was made, where that is something else; else null. */
  readonly seen: string | null;
  readonly input: InputView;
}

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
  readonly doubles: readonly DoubleView[];
  readonly decision: {
    readonly text: string;
    readonly word: readonly string[];
    readonly taken: string;
    readonly record: { readonly name: string; readonly href: string; readonly text: string } | null;
  } | null;
}

export interface StaffState {
  readonly suggestion: Suggestion;
  /** What was sent with a failed decision; null when the page is opened. */
  readonly sent: DecisionForm | null;
  readonly errors: readonly FormError[];
  readonly choices: readonly string[];
  readonly notice: string;
  /** Name of the person who decided. */
  readonly decidedBy: string;
  readonly doubles: readonly Double<GroupEntry>[];
}

const longestName = 120;

/** The fields as proposed; free words become the name of a group in the city that they came from. */
export function proposedTexts(directory: Directory, suggestion: Suggestion): SuggestedTexts {
  if (suggestion.proposed) return suggestion.proposed;
  const city = suggestion.city === null ? undefined : directory.findCity(suggestion.city);
  const words = suggestion.text.replace(/\s+/g, ' ').trim();
  return { name: words.slice(0, longestName), place: city ? cityLabel(city) : '' };
}

const fixedFields: readonly SuggestedField[] = ['name', 'kind', 'place', 'point'];

/** Those a new group cannot do without. */
export const isFixed = ({ about }: Suggestion, field: SuggestedField): boolean =>
  about === null && fixedFields.includes(field);

interface Changes {
  readonly changes: readonly ChangeView[];
  /** Fields of the record that the suggestion leaves alone: staff may change them in the same step. */
  readonly others: readonly ChangeView[];
}

function changesOf(directory: Directory, state: StaffState): Changes {
  const { suggestion, sent } = state;
  const { about, seen } = suggestion;
  const proposed = proposedTexts(directory, suggestion);
  const view = (
    field: SuggestedField,
    value: string,
    isTaken: boolean,
    before: Pick<ChangeView, 'current' | 'seen'>,
  ): ChangeView => ({
    name: fieldName(field),
    field,
    isFixed: isFixed(suggestion, field),
    isTaken: sent ? sent.taken.includes(field) : isTaken,
    ...before,
    input: {
      ...fieldInput(field, { [field]: sent?.typed[field] ?? value }, state),
      ...(isFixed(suggestion, field) ? {} : { label: 'Proposed', of: fieldName(field) }),
      required: true,
    },
  });
  if (about === null) {
    const changes = fieldsOf(null).map((field) => {
      const text = proposed[field] ?? '';
      return view(field, text, text !== '', { current: null, seen: null });
    });
    return { changes, others: [] };
  }
  const current = findSubject(directory, about)?.texts ?? {};
  const changes = diffOf(current, { seen, proposed });
  const changed = changes.map(({ field }) => field);
  return {
    changes: changes.map((change) =>
      view(change.field, change.proposed, true, {
        current: fieldText(change.field, change.current),
        seen: change.seen === null ? null : fieldText(change.field, change.seen),
      }),
    ),
    others: fieldsOf(about.record)
      .filter((field) => !changed.includes(field))
      .map((field) =>
        view(field, current[field] ?? '', false, {
          current: fieldText(field, current[field]),
          seen: null,
        }),
      ),
  };
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
    doubles: state.doubles.map(toDouble),
    decision: decisionOf(directory, state),
  };
}
