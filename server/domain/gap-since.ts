// Since when a partner city has had a gap, as far as that is known. Whether it has one at all is flag.ts.
import { addDays, addMonths, type Day, firstDay, lastDay } from './dates.ts';
import type { Report, Wave } from './records.ts';
import type { GapAge, Level } from './words.ts';

/** The first day of a gap. */
export interface GapSince {
  readonly day: Day;
  /** False where the gap may be older: no earlier tie is known that could have ended. */
  readonly isExact: boolean;
}

/** What is known of one partner of the city. */
export interface PartnerPast {
  /** Newest first (see reports.ts). */
  readonly reports: readonly Pick<Report, 'date' | 'wave' | 'level'>[];
  readonly wavesThatAsked: readonly Pick<Wave, 'slug' | 'state' | 'opens' | 'closes'>[];
  /** The first day on which the directory had it. */
  readonly knownSince: Day;
}

/** A fresh level of these is no gap. */
const isTie = (level: Level): boolean => level !== 'none' && level !== 'unaware';

const earliest = (days: readonly Day[]): Day =>
  days.reduce((first, day) => (day < first ? day : first));

/**
 * The last day on which a report counted: before a newer one came, before a wave that asked the partner and
 * had opened after the report closed, and while it was fresh.
 */
function lastCountingDay(
  report: PartnerPast['reports'][number],
  newer: PartnerPast['reports'][number] | undefined,
  wavesThatAsked: PartnerPast['wavesThatAsked'],
  freshMonths: number,
): Day {
  const day = lastDay(report.date);
  const closings = wavesThatAsked
    .filter(
      ({ slug, state, opens }) =>
        state === 'closed' && slug !== report.wave && firstDay(opens) > day,
    )
    .map(({ closes }) => addDays(lastDay(closes), -1));
  return earliest([
    addMonths(day, freshMonths),
    ...closings,
    ...(newer ? [addDays(lastDay(newer.date), -1)] : []),
  ]);
}

/**
 * Since when no partner of a city has had a tie that counts. Asked of a city that has a gap today.
 * The gap began on the day after the last tie counted; where none is known, the city has had it at least since
 * the directory knows a partner there, or since one first said that there is no tie.
 * @param partners those that are not former
 */
export function gapSince(
  partners: readonly PartnerPast[],
  freshMonths: number,
  today: Day,
): GapSince {
  let lastTie: Day | null = null;
  for (const { reports, wavesThatAsked } of partners) {
    reports.forEach((report, index) => {
      if (!isTie(report.level)) return;
      const end = lastCountingDay(report, reports[index - 1], wavesThatAsked, freshMonths);
      // A newer report of the same day, or an older wave, took its place before it ever counted.
      if (end >= lastDay(report.date) && (lastTie === null || end > lastTie)) lastTie = end;
    });
  }
  if (lastTie !== null) return { day: earliest([addDays(lastTie, 1), today]), isExact: true };
  const known = partners.flatMap(({ knownSince, reports }) => [
    knownSince,
    ...reports.map(({ date }) => lastDay(date)),
  ]);
  return { day: earliest([...known, today]), isExact: false };
}

/** Within the last 30 days, within the last year, or longer ago. */
export function gapAge({ day }: GapSince, today: Day): GapAge {
  if (day >= addDays(today, -30)) return 'month';
  return day >= addMonths(today, -12) ? 'year' : 'longer';
}
