// The record that a suggestion is about, as the snapshot has it, with its texts.
import type { Directory, GroupEntry, PartnerEntry } from '../directory/directory.ts';
import type { SuggestedTexts } from '../domain/suggested.ts';
import type { SuggestedRecord } from '../store/suggestions.ts';
import { groupTexts, partnerTexts } from './texts.ts';

export type Subject =
  | { readonly record: 'group'; readonly entry: GroupEntry; readonly texts: SuggestedTexts }
  | { readonly record: 'partner'; readonly entry: PartnerEntry; readonly texts: SuggestedTexts };

/** Undefined where the directory has no such record. */
export function findSubject(directory: Directory, about: SuggestedRecord): Subject | undefined {
  if (about.record === 'group') {
    const entry = directory.findGroup(about.slug);
    return entry && { record: 'group', entry, texts: groupTexts(entry) };
  }
  const entry = directory.findPartner(about.slug);
  return entry && { record: 'partner', entry, texts: partnerTexts(entry) };
}
