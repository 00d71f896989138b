// What a suggestion says of a group or a partner, field by field, as texts in one spelling: the same texts stand in
// the form, in the store and on the staff's page. Reading what was typed is left to server/suggestions.

/** The fields that a suggestion may speak of. */
export const suggestedFields = [
  'name',
  'kind',
  'place',
  'point',
  'website',
  'eventsUrl',
  'codeUrl',
  'topics',
  'needs',
  'offers',
  'closed',
] as const;
export type SuggestedField = (typeof suggestedFields)[number];

/** The kinds of record that a correction may be about. */
export const suggestedSubjects = ['group', 'partner'] as const;
export type SuggestedSubject = (typeof suggestedSubjects)[number];

/**
 * A text for each field that is spoken of: `Tulsa, OK`, `36.154, -95.993`, `housing, health`;
 * '' says that there is none, an absent field that nothing is said.
 */
export type SuggestedTexts = Readonly<Partial<Record<SuggestedField, string>>>;

/** What is asked of a group, in the order of the forms. */
export const groupFields = [
  'name',
  'kind',
  'place',
  'point',
  'website',
  'eventsUrl',
  'codeUrl',
  'topics',
  'needs',
] as const satisfies readonly SuggestedField[];

/** The fields that a suggestion about such a record has, in the order of the form; null is a new group. */
export function fieldsOf(subject: SuggestedSubject | null): readonly SuggestedField[] {
  if (subject === null) return groupFields;
  return subject === 'group'
    ? [...groupFields, 'closed']
    : ['name', 'place', 'point', 'website', 'topics', 'offers'];
}

/** One field that a suggestion would change. */
export interface SuggestedChange {
  readonly field: SuggestedField;
  readonly current: string;
  readonly proposed: string;
  /** What the sender saw, where the record has been changed since; else null. */
  readonly seen: string | null;
}

/**
 * What would change: the fields in which the sender left what they saw, unless the record says the same by now.
 * A field that the sender left alone is no change, whatever became of it since.
 */
export function diffOf(
  current: SuggestedTexts,
  suggestion: { readonly seen: SuggestedTexts; readonly proposed: SuggestedTexts },
): SuggestedChange[] {
  return suggestedFields.flatMap((field) => {
    const now = current[field] ?? '';
    const seen = suggestion.seen[field] ?? '';
    const proposed = suggestion.proposed[field] ?? seen;
    if (proposed === seen || proposed === now) return [];
    return [{ field, current: now, proposed, seen: seen === now ? null : seen }];
  });
}
