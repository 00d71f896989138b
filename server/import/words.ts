// The words of an import: what can become of a row, what can be doubtful in it, and what is done about it.
// The sentences that a person reads are made where the doubt is found.

/** What a row, or a record that no row speaks of, comes to. */
export const entryKinds = ['added', 'changed', 'renamed', 'gone', 'unchanged', 'left-out'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** Why a row is suspicious. */
export const suspicionKinds = [
  'sign-lost',
  'zero-point',
  'far-from-city',
  'shared-point',
  'same-website',
  'near-double',
  'values-disagree',
  'no-scheme',
  'state-code',
  'wrong-value',
  'no-place',
  'twice-in-file',
] as const;
export type SuspicionKind = (typeof suspicionKinds)[number];

/** What a doubt can be about: a group's fields, city and point as a whole. */
export const doubtFields = [
  'name',
  'place',
  'point',
  'website',
  'eventsUrl',
  'codeUrl',
  'feedUrl',
  'founded',
] as const;
export type DoubtField = (typeof doubtFields)[number];

/**
 * What is done with a row. `safe`: all but its doubtful values; `proposed`: with what is proposed in their place;
 * `as-it-is`: the doubtful values too, where a record can hold them; `left`: nothing.
 */
export const rowChoices = ['safe', 'proposed', 'as-it-is', 'left'] as const;
export type RowChoice = (typeof rowChoices)[number];
