// The fields of a suggestion as views/suggesting/input.ejs prints them.
import type { SuggestedField, SuggestedTexts } from '../../domain/suggested.ts';
import { fieldWords, kindOptions } from './field-words.ts';

export interface FormError {
  /** Id of the input that it leads to. */
  readonly field: string;
  readonly message: string;
}

export interface InputView {
  readonly id: string;
  readonly label: string;
  /** Said after the label to those who do not see what stands beside it; '' is nothing. */
  readonly of: string;
  readonly hint: string;
  readonly value: string;
  readonly control: 'text' | 'lines' | 'select';
  readonly inputmode: 'text' | 'url' | 'email';
  readonly autocomplete: string;
  readonly options: readonly {
    readonly value: string;
    readonly label: string;
    readonly selected: boolean;
  }[];
  readonly required: boolean;
  readonly error: string | null;
  /** Places to choose one of, where what was typed names several. */
  readonly choices: readonly string[];
}

const addresses: readonly SuggestedField[] = ['website', 'eventsUrl', 'codeUrl'];
const required: readonly SuggestedField[] = ['name', 'kind', 'place'];

export interface InputState {
  readonly errors: readonly FormError[];
  readonly choices: readonly string[];
}

/** One field of the record. */
export function fieldInput(
  field: SuggestedField,
  typed: SuggestedTexts,
  { errors, choices }: InputState,
): InputView {
  const value = typed[field] ?? '';
  const { label, hint } = fieldWords(field);
  const unchosen = { value: '', label: 'Choose one', selected: value === '' };
  const kinds = kindOptions.map((option) => ({ ...option, selected: option.value === value }));
  return {
    id: field,
    label,
    of: '',
    hint,
    value,
    control: field === 'kind' ? 'select' : 'text',
    inputmode: addresses.includes(field) ? 'url' : 'text',
    autocomplete: 'off',
    options: field === 'kind' ? [unchosen, ...kinds] : [],
    required: required.includes(field),
    error: errors.find((error) => error.field === field)?.message ?? null,
    choices: field === 'place' ? choices : [],
  };
}

/** A field beside those of the record. */
export const plainInput = (
  input: Pick<InputView, 'id' | 'label' | 'hint' | 'value' | 'control'> &
    Partial<Pick<InputView, 'inputmode' | 'autocomplete'>>,
  errors: readonly FormError[],
): InputView => ({
  of: '',
  inputmode: 'text',
  autocomplete: 'off',
  ...input,
  options: [],
  required: false,
  error: errors.find((error) => error.field === input.id)?.message ?? null,
  choices: [],
});
