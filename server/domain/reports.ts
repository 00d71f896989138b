// Which report of a partner counts: the newest one, while it is fresh; and what was known before.
import { addMonths, compareDates, type Day, firstDay, lastDay } from './dates.ts';
import type { Report, Wave } from './records.ts';
import { type Level, levels } from './words.ts';

const strength = (level: Level): number => levels.indexOf(level);

/** The strongest of some levels, null where there are none. */
export function strongestLevel(some: Iterable<Level>): Level | null {
  let strongest: Level | null = null;
  for (const level of some) {
    if (strongest === null || strength(level) < strength(strongest)) strongest = level;
  }
  return strongest;
}

/**
 * Newest first ("the newest one counts"): by date, then by when it was filed, so that a correction
 * of the same day counts; then the stronger level, then the identifier, so that the order is one.
 */
export function newestFirst(one: Report, other: Report): number {
  const byDate = compareDates(other.date, one.date);
  if (byDate !== 0) return byDate;
  if (one.createdAt !== other.createdAt) return one.createdAt < other.createdAt ? 1 : -1;
  const byStrength = strength(one.level) - strength(other.level);
  if (byStrength !== 0) return byStrength;
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}

/**
 * "A report is fresh for 24 months, or until the next wave that asked that partner closes",
 * whichever comes first. The months run from the last day the report's date may mean. The next wave
 * is one that opened after the report; `wavesThatAsked` are the waves that asked this partner.
 */
export function isFresh(
  report: Pick<Report, 'date' | 'wave'>,
  wavesThatAsked: readonly Pick<Wave, 'slug' | 'state' | 'opens'>[],
  freshMonths: number,
  today: Day,
): boolean {
  const day = lastDay(report.date);
  if (addMonths(day, freshMonths) < today) return false;
  return !wavesThatAsked.some(
    (wave) => wave.state === 'closed' && wave.slug !== report.wave && firstDay(wave.opens) > day,
  );
}

/**
 * The report that counts now: the newest one, if it is fresh.
 * @param reports one partner's, newest first
 */
export function countingReport(
  reports: readonly Report[],
  wavesThatAsked: readonly Pick<Wave, 'slug' | 'state' | 'opens'>[],
  freshMonths: number,
  today: Day,
): Report | null {
  const [newest] = reports;
  return newest && isFresh(newest, wavesThatAsked, freshMonths, today) ? newest : null;
}

/**
 * What to show as "last known: extensive, 2017" where no report counts any more: the newest one,
 * and of several with the same date the strongest. Null where nothing was ever reported.
 */
export function lastKnownReport(staleReports: readonly Report[]): Report | null {
  let last: Report | null = null;
  for (const report of staleReports) {
    const later = last === null ? 1 : compareDates(report.date, last.date);
    const stronger = last !== null && strength(report.level) < strength(last.level);
    if (later > 0 || (later === 0 && stronger)) last = report;
  }
  return last;
}
