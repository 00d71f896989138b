// What is known of older ties, in words: it is shown as such, and makes no city green.
import type { Directory, LastKnownTie } from '../directory/directory.ts';
import type { Level } from '../domain/words.ts';
import { collaborationPath } from '../paths.ts';
import { formatDate } from './format.ts';

/** The level in one or two words, as in "Last known: extensive, 2017". */
const levelWords: Readonly<Record<Level, string>> = {
  leads: 'leads a group',
  led: 'led a group',
  extensive: 'extensive',
  some: 'some contact',
  none: 'no contact',
  unaware: 'knew of no group',
};

export const levelInWords = (level: Level): string => levelWords[level];

export interface LastKnownView {
  /** "extensive, 2017". */
  readonly text: string;
  /** What it is known from, null where that is not public. */
  readonly from: { readonly label: string; readonly href: string } | null;
}

export function toLastKnown(
  directory: Directory,
  lastKnown: LastKnownTie | null,
): LastKnownView | null {
  if (!lastKnown) return null;
  const known = lastKnown.collaboration
    ? directory.findCollaboration(lastKnown.collaboration)
    : undefined;
  return {
    text: `${levelInWords(lastKnown.level)}, ${formatDate(lastKnown.date)}`,
    from: known ? { label: known.title, href: collaborationPath(known.slug) } : null,
  };
}
