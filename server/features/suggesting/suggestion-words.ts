// What the follow page and the staff's pages say of a suggestion alike: its title, its state, what it changes.
import type { Directory, GroupEntry } from '../../directory/directory.ts';
import { suggestedFields } from '../../domain/suggested.ts';
import type { SuggestionState } from '../../domain/words.ts';
import { groupPath, partnerPath } from '../../paths.ts';
import type { SuggestedRecord, Suggestion } from '../../store/suggestions.ts';
import { shownSince } from '../../suggestions/source-words.ts';
import { findSubject } from '../../suggestions/subject.ts';
import { formatDate } from '../../web/format.ts';
import { offMapText } from '../../web/shown-words.ts';
import { fieldName, fieldText } from './field-words.ts';

export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly href: string | null;
}

const longestTitle = 80;

const cut = (text: string): string =>
  text.length > longestTitle ? `${text.slice(0, longestTitle - 1)}…` : text;

/** The name of what it is about; the beginning of its words where it names nothing. */
export function titleOf(directory: Directory, suggestion: Suggestion): string {
  const { about, proposed, text } = suggestion;
  if (about) return findSubject(directory, about)?.entry.name ?? about.slug;
  return cut(proposed?.name ?? text.replace(/\s+/g, ' ').trim());
}

/** "New group", "Correction" or, for free words, "From an answer". */
export function kindLabel({ about, proposed }: Suggestion): string {
  if (about) return about.record === 'group' ? 'Correction of a group' : 'Correction of a partner';
  return proposed ? 'New group' : 'New group, in free words';
}

const stateLabels: Readonly<Record<SuggestionState, string>> = {
  new: 'New',
  accepted: 'Accepted',
  declined: 'Declined',
};

export const stateLabel = (state: SuggestionState): string => stateLabels[state];

export const recordPath = ({ record, slug }: SuggestedRecord): string =>
  record === 'group' ? groupPath(slug) : partnerPath(slug);

/** What was sent, field by field: of a correction only what it changes, with what it was. */
export function sentFacts({ about, seen, proposed, text, known }: Suggestion): Fact[] {
  const fields = suggestedFields.flatMap((field): Fact[] => {
    const [before, after] = [seen[field] ?? '', proposed?.[field] ?? ''];
    if (before === after) return [];
    const was = about ? ` (was: ${fieldText(field, before)})` : '';
    return [{ name: fieldName(field), value: fieldText(field, after) + was, href: null }];
  });
  return [
    ...fields,
    ...(text === '' ? [] : [{ name: 'In your own words', value: text, href: null }]),
    ...(known === '' ? [] : [{ name: 'Where you know it from', value: known, href: null }]),
  ];
}

/** Since when a record is shown, and whether it is on the map; '' where neither is to be said. */
export function shownText(group: GroupEntry): string {
  const since = shownSince(group.source);
  return [
    since ? `Shown since ${formatDate(since)}.` : '',
    offMapText(group) ?? 'It is on the map.',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

export const paragraphsOf = (text: string): string[] =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
