// Field by field what a suggestion would change, to take, to edit or to leave, as the staff's page prints it.
import type { Directory } from '../../directory/directory.ts';
import {
  diffOf,
  fieldsOf,
  type SuggestedField,
  type SuggestedTexts,
} from '../../domain/suggested.ts';
import type { Suggestion } from '../../store/suggestions.ts';
import { findSubject } from '../../suggestions/subject.ts';
import { cityLabel } from '../../web/format.ts';
import type { DecisionForm } from './decision-form.ts';
import { fieldName, fieldText } from './field-words.ts';
import { fieldInput, type InputState, type InputView } from './inputs.ts';

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

export interface Changes {
  readonly changes: readonly ChangeView[];
  /** Fields of the record that the suggestion leaves alone: staff may change them in the same step. */
  readonly others: readonly ChangeView[];
}

export interface ChangesState extends InputState {
  readonly suggestion: Suggestion;
  /** What was sent with a failed decision; null when the page is opened. */
  readonly sent: DecisionForm | null;
}

export function changesOf(directory: Directory, state: ChangesState): Changes {
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
