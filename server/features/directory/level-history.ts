// How the level of each partner of a city went over the years: one step for each report that counts.
import type { CityEntry, Directory, PartnerEntry } from '../../directory/directory.ts';
import { withoutChangedAnswers } from '../../directory/report-book.ts';
import { flagOfLevel } from '../../domain/flag.ts';
import type { Report } from '../../domain/records.ts';
import type { Flag } from '../../domain/words.ts';
import { formatDate } from '../../web/format.ts';
import { levelInWords } from '../../web/tie-words.ts';

export interface LevelHistory {
  /** Whose it is, in words. */
  readonly label: string;
  readonly partner: string;
  /** Oldest first. */
  readonly steps: readonly {
    readonly flag: Flag;
    readonly level: string;
    readonly date: string;
  }[];
}

/** One partner's reports, newest first; of several answers to one wave the one that counts. */
export const countedReports = (directory: Directory, partner: string): readonly Report[] =>
  withoutChangedAnswers(directory.reportsOf(partner));

function toHistory(directory: Directory, { slug, name }: PartnerEntry): LevelHistory {
  const steps = countedReports(directory, slug).map(({ level, date }) => ({
    flag: flagOfLevel[level],
    level: levelInWords(level),
    date: formatDate(date),
  }));
  return { label: `Levels of ${name}, oldest first`, partner: name, steps: steps.reverse() };
}

/** One history for each partner that ever reported. */
export const historiesOf = (directory: Directory, city: CityEntry): readonly LevelHistory[] =>
  city.partners
    .map((partner) => toHistory(directory, partner))
    .filter(({ steps }) => steps.length > 0);
