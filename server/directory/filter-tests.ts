// The questions that filters put to records: equal words, states, topics, beginnings of words.
// Which of them a list asks is left to filters.ts.
import { fold } from '../domain/fold.ts';
import { topics as vocabulary } from '../domain/topics.ts';
import { usStates } from '../domain/us-states.ts';

/** What one record is asked. */
export type Test<Entry> = (entry: Entry) => boolean;

/** No question where the filter has no value. */
export const whenGiven = <Value, Entry>(
  value: Value | null,
  test: (value: Value) => Test<Entry>,
): Test<Entry>[] => (value === null ? [] : [test(value)]);

/** Whether what is read of the record is one of the values; no question where there are none. */
export const whenAny = <Value, Entry>(
  values: readonly Value[],
  read: (entry: Entry) => Value | null,
): Test<Entry>[] => {
  if (values.length === 0) return [];
  const wanted = new Set<Value | null>(values);
  return [(entry) => wanted.has(read(entry))];
};

interface Located {
  readonly state: string;
  readonly country: string;
}

/** A code that the United States has means their state, unless another country is asked for: PR is not Paraná. */
export const inState = (state: string, country: string | null) => (place: Located) =>
  place.state === state && (country !== null || place.country === 'US' || !usStates.has(state));

/** Each word typed begins a word of the text. */
export function wordsBegin(typed: string): (text: string) => boolean {
  const words = fold(typed)
    .split(' ')
    .map((word) => ` ${word}`);
  return (text) => words.every((word) => text.includes(word));
}

/** Folding a text takes longer than searching it: each entry's text is kept as long as the entry. */
export function textKeeper<Entry extends object>(textsOf: (entry: Entry) => readonly string[]) {
  const texts = new WeakMap<Entry, string>();
  return (entry: Entry): string => {
    let text = texts.get(entry);
    if (text === undefined) {
      text = ` ${fold(textsOf(entry).join(' '))}`;
      texts.set(entry, text);
    }
    return text;
  };
}

/** Words for one thing are one topic, as in a match: `transit` finds who wrote “Buses”. */
export function hasTopic(topic: string): Test<{ readonly topics: readonly string[] }> {
  const wanted = vocabulary.read([topic])[0]?.key;
  return ({ topics }) => vocabulary.read(topics).some(({ key }) => key === wanted);
}

/** The records that pass every test, in their order. */
export const passing = <Entry>(
  entries: readonly Entry[],
  tests: readonly Test<Entry>[],
): readonly Entry[] =>
  tests.length === 0 ? entries : entries.filter((entry) => tests.every((test) => test(entry)));
