// The filters of a list as a plain GET form: what directory/filters.ts read from the address becomes fields,
// and the choices offered are those that the directory has.
import { countryLabel } from './format.ts';
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

/** What is offered of a list is kept as long as the list: a hundred thousand records are not gone through for each page. */
const keptChoices = <Record extends object>(find: (records: readonly Record[]) => Set<string>) => {
  const kept = new WeakMap<readonly Record[], Set<string>>();
  return (records: readonly Record[]): Set<string> => {
    const choices = kept.get(records) ?? find(records);
    kept.set(records, choices);
    return choices;
  };
};

const statesOf = keptChoices<{ readonly state: string; readonly country: string }>((places) => {
  const states = new Set<string>();
  for (const { country, state } of places) if (country === 'US' && state !== '') states.add(state);
  return states;
});

const countriesOf = keptChoices<{ readonly country: string }>((places) => {
  const countries = new Set<string>();
  for (const { country } of places) countries.add(country);
  return countries;
});

const topicsOf = keptChoices<{ readonly topics: readonly string[] }>((records) => {
  const topics = new Set<string>();
  for (const record of records) for (const topic of record.topics) topics.add(topic);
  return topics;
});

/** The states of some places of the United States, in name order. */
export const stateField = (
  places: readonly { readonly state: string; readonly country: string }[],
  chosen: string | null,
): FilterField =>
  selectField(
    'state',
    'State',
    'Any state',
    inNameOrder([...statesOf(places)], stateLabel),
    chosen,
  );

/** The countries of some places, in name order. */
export const countryField = (
  places: readonly { readonly country: string }[],
  chosen: string | null,
): FilterField => {
  const options = inNameOrder([...countriesOf(places)], countryLabel);
  return selectField('country', 'Country', 'Any country', options, chosen);
};

/** The topics of some lists of records together, in name order. */
export function topicField(
  lists: readonly (readonly { readonly topics: readonly string[] }[])[],
  chosen: string | null,
): FilterField {
  const found = new Set(lists.flatMap((records) => [...topicsOf(records)]));
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
