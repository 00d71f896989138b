// The groups that fit a partner or a city, as their pages show them: the best with their reasons, the rest in lines.
import type { Directory } from '../../directory/directory.ts';
import type { MatchEntry } from '../../directory/matches.ts';
import type { Point } from '../../domain/records.ts';
import { groupPath, paths, withQuery } from '../../paths.ts';
import { formatCount, formatDistance } from '../../web/format.ts';
import { matchReason } from '../../web/match-words.ts';
import type { RecordLine } from '../../web/record-words.ts';

/** So many are shown with every reason. */
export const shownMatches = 6;
/** So many more are named in a line. */
const namedMatches = 30;

export interface OtherMatches {
  readonly lines: readonly RecordLine[];
  /** To all of them, where not all are named. */
  readonly all: { readonly href: string; readonly label: string } | null;
}

/** "62 of 100 · 12 miles apart". */
const toLine = (entry: MatchEntry, today: string): RecordLine => {
  const { group, score, parts } = entry;
  const telling = { group, today, listener: 'everybody' as const };
  const [distance] = parts;
  return {
    name: group.name,
    href: groupPath(group.slug),
    date: `${score} of 100`,
    text: distance ? matchReason(distance, telling).toLowerCase() : '',
  };
};

/**
 * What comes after the first `shownMatches`.
 * @param matches the first of them; `namedLimit` are enough
 */
export function otherMatches(
  { today }: Directory,
  matches: { readonly items: readonly MatchEntry[]; readonly total: number },
  around: Point & { readonly withinMiles: number; readonly country: string },
): OtherMatches {
  const { lat, lng, withinMiles, country } = around;
  const lines = matches.items.slice(shownMatches).map((entry) => toLine(entry, today));
  const rest = matches.total - shownMatches - lines.length;
  return {
    lines,
    all:
      rest > 0
        ? {
            href: withQuery(paths.find, { lat, lng, within: withinMiles }),
            label: `${formatCount(rest, 'more group', 'more groups')} within ${formatDistance(withinMiles, country)}`,
          }
        : null,
  };
}

export const namedLimit = shownMatches + namedMatches;
