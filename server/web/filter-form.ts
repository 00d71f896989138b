// The filters of a list as a plain GET form: what directory/filters.ts read from the address becomes fields,
// and the choices offered are those that the directory has.
import { stateLabel } from './place-words.ts';

export interface FilterOption {
  readonly value: string;
  readonly label: string;
}

export type FilterField =
  | {
      readonly kind: 'search';
      readonly name: string;
      readonly label: string;
      readonly value: string;
    }
  | {
      readonly kind: 'text' | 'date';
      readonly name: string;
      readonly label: string;
      readonly value: string;
    }
  | {
      readonly kind: 'select';
      readonly name: string;
      readonly label: string;
      readonly value: string;
      /** The first one, with the value '', chooses nothing. */
      readonly options: readonly (FilterOption & { readonly selected: boolean })[];
    };

/** What views/components/filters.ejs prints. */
export interface FilterFormView {
  readonly action: string;
  readonly fields: readonly FilterField[];
  /** What the form keeps although it has no field for it, such as the sort. */
  readonly kept: readonly { readonly name: string; readonly value: string }[];
  /** The address without any filter; null where none is chosen. */
  readonly reset: string | null;
}

/** The words to search for; null as the filters have it where nothing was typed. */
export const searchField = (label: string, value: string | null): FilterField => ({
  kind: 'search',
  name: 'q',
  label,
  value: value ?? '',
});

/**
 * A select of the given options under a first one that chooses nothing.
 * What is chosen and not among them (several values, a state without records) becomes an option too,
 * so that sending the form again keeps it.
 */
export function selectField(
  name: string,
  label: string,
  any: string,
  options: readonly FilterOption[],
  chosen: string | null,
): FilterField {
  const value = chosen ?? '';
  const isOffered = value === '' || options.some((option) => option.value === value);
  const joined = value
    .split(',')
    .map((part) => options.find((option) => option.value === part)?.label ?? part)
    .join(' or ');
  const all = [
    { value: '', label: any },
    ...options,
    ...(isOffered ? [] : [{ value, label: joined }]),
  ];
  return {
    kind: 'select',
    name,
    label,
    value,
    options: all.map((option) => ({ ...option, selected: option.value === value })),
  };
}

/** The states of some places of the United States, in name order. */
export function stateField(
  places: readonly { readonly state: string; readonly country: string }[],
  chosen: string | null,
): FilterField {
  const found = new Set(
    places
      .filter(({ country, state }) => country === 'US' && state !== '')
      .map(({ state }) => state),
  );
  return selectField('state', 'State', 'Any state', inNameOrder([...found], stateLabel), chosen);
}

/** The topics of some records, in name order. */
export function topicField(
  records: readonly { readonly topics: readonly string[] }[],
  chosen: string | null,
): FilterField {
  const found = new Set(records.flatMap(({ topics }) => topics));
  const options = inNameOrder([...found], (topic) => topic);
  return selectField('topic', 'Topic', 'Any topic', options, chosen);
}

export const inNameOrder = (
  values: readonly string[],
  toLabel: (value: string) => string,
): readonly FilterOption[] =>
  values
    .map((value) => ({ value, label: toLabel(value) }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en'));

/** Only the fields that leave something to choose. */
export const usefulFields = (fields: readonly FilterField[]): readonly FilterField[] =>
  fields.filter((field) => field.kind !== 'select' || field.options.length > 1);
