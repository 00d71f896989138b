// What staff send when they decide a suggestion, parsed; what the fields mean is read in server/suggestions.
import {
  type SuggestedField,
  type SuggestedTexts,
  suggestedFields,
} from '../../domain/suggested.ts';
import { type Body, textOf, typedFields } from './form.ts';

export interface DecisionForm {
  readonly decision: 'accept' | 'decline' | null;
  readonly taken: readonly SuggestedField[];
  /** The fields that were sent, as typed. */
  readonly typed: SuggestedTexts;
  readonly choice: string;
  readonly word: string;
  readonly isChecked: boolean;
  readonly mark: string;
}

export function parseDecisionForm(body: Body): DecisionForm {
  const decision = textOf(body, 'decision');
  const take = body?.['take'];
  const asked: readonly unknown[] = Array.isArray(take) ? take : [take];
  return {
    decision: decision === 'accept' || decision === 'decline' ? decision : null,
    taken: suggestedFields.filter((field) => asked.includes(field)),
    typed: Object.fromEntries(
      Object.entries(typedFields(body)).filter(([field]) => body?.[field] !== undefined),
    ),
    choice: textOf(body, 'choice'),
    word: textOf(body, 'word').trim(),
    isChecked: textOf(body, 'checked') !== '',
    mark: textOf(body, 'mark'),
  };
}
