// How the fields of a suggestion are named to people, in the visitor's form and on the staff's page.
import type { SuggestedField, SuggestedSubject } from '../../domain/suggested.ts';
import { type GroupKind, groupKinds } from '../../domain/words.ts';
import { formatDate, groupKindLabel } from '../../web/format.ts';

export interface FieldWords {
  readonly label: string;
  readonly hint: string;
}

const words: Readonly<Record<SuggestedField, FieldWords>> = {
  name: { label: 'Name', hint: '' },
  kind: { label: 'Kind', hint: '' },
  place: { label: 'City and state, or ZIP code', hint: '' },
  point: {
    label: 'Latitude and longitude',
    hint: 'Leave it empty to use the middle of the city.',
  },
  website: { label: 'Website', hint: '' },
  eventsUrl: { label: 'Page with its meetings', hint: '' },
  codeUrl: { label: 'Page with its code', hint: '' },
  topics: {
    label: 'Topics',
    hint: 'With commas between them, such as housing, health, transit, open data',
  },
  needs: {
    label: 'What it needs',
    hint: 'With commas between them, such as parcel data, meeting space, volunteers, speakers',
  },
  offers: {
    label: 'What it offers',
    hint: 'With commas between them, such as parcel data, mapping, training, meeting space',
  },
  closed: {
    label: 'Closed since',
    hint: 'Only if it no longer exists: a year or a day, such as 2024 or 2024-05-31.',
  },
};

export const fieldWords = (field: SuggestedField): FieldWords => words[field];

/** "Place" rather than the question for it. */
export const fieldName = (field: SuggestedField): string =>
  field === 'place' ? 'Place' : words[field].label;

export const nounOf = (subject: SuggestedSubject | null): string =>
  subject === 'partner' ? 'partner' : 'group';

export const kindOptions = groupKinds.map((kind) => ({ value: kind, label: groupKindLabel(kind) }));

const isKind = (text: string): text is GroupKind =>
  (groupKinds as readonly string[]).includes(text);

/** A field's text as people read it; "none" is said, never left blank. */
export function fieldText(field: SuggestedField, text: string | undefined): string {
  if (text === undefined || text === '') return field === 'closed' ? 'Not closed' : 'None';
  if (field === 'kind') return isKind(text) ? groupKindLabel(text) : text;
  return field === 'closed' ? formatDate(text) : text;
}
