// What several pages say of a record in the same way: its source, its link, a collaboration or convening in a line.
import type { Collaboration, Convening, Source } from '../domain/records.ts';
import { collaborationPath, conveningPath } from '../paths.ts';
import { shownSince } from '../suggestions/source-words.ts';
import { formatDate } from './format.ts';
import { formatSpan } from './span.ts';

/** What views/components/source-note.ejs prints. */
export interface SourceNote {
  readonly note: string;
  readonly url: string | null;
  /** In words, null where unknown. */
  readonly date: string | null;
  readonly verified: boolean;
  /** Since when a record that a visitor suggested is shown, in words; null for others. */
  readonly shownSince: string | null;
}

export const toSourceNote = ({ note, url, date, verified }: Source): SourceNote => ({
  note,
  url: toWebLink(url),
  date: inWords(date),
  verified,
  shownSince: inWords(shownSince({ note, date })),
});

const inWords = (date: string | null): string | null => (date === null ? null : formatDate(date));

/** An address that may stand in a link: http and https alone, null for anything else. */
export function toWebLink(url: string | null): string | null {
  return url !== null && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : null;
}

export interface RecordLine {
  readonly name: string;
  readonly href: string;
  readonly date: string;
  readonly text: string;
}

export const toCollaborationLine = (collaboration: Collaboration): RecordLine => ({
  name: collaboration.title,
  href: collaborationPath(collaboration.slug),
  date: formatSpan(collaboration.from, collaboration.to),
  text: `${collaboration.partnerName} and ${collaboration.groupName}`,
});

export const toConveningLine = (convening: Convening): RecordLine => ({
  name: convening.name,
  href: conveningPath(convening.slug),
  date: formatSpan(convening.start, convening.end),
  text: convening.kind,
});
