// The reports, by partner and by wave, and what each partner's reports say today.
import type { Day } from '../domain/dates.ts';
import type { Report, Wave } from '../domain/records.ts';
import { countingReport, lastKnownReport, newestFirst } from '../domain/reports.ts';
import type { Level } from '../domain/words.ts';
import type { LastKnownTie } from './directory.ts';

export interface ReportBook {
  /** Newest first; empty where the partner never reported. */
  of(partner: string): readonly Report[];
  /** In partner order, each partner's newest first. */
  in(wave: string): readonly Report[];
  /** Those that name a group, newest first; answers that were changed later are left out. */
  about(group: string): readonly Report[];
  /** The partner's level while its newest report is fresh, else null. */
  levelOf(partner: string): Level | null;
  /** The waves that asked the partner: that say so, or that it has a report in. */
  wavesThatAsked(partner: string): readonly Wave[];
}

const none: readonly Report[] = Object.freeze([]);

function grouped(reports: readonly Report[], key: (report: Report) => string | null) {
  const groups = new Map<string, Report[]>();
  for (const report of reports) {
    const name = key(report);
    if (name === null) continue;
    const group = groups.get(name);
    if (group) group.push(report);
    else groups.set(name, [report]);
  }
  return groups;
}

/**
 * Of several answers of a partner to one wave only the newest counts; all other reports stay.
 * @param own one partner's reports, newest first
 */
export function withoutChangedAnswers(own: readonly Report[]): readonly Report[] {
  const answered = new Set<string>();
  return own.filter(({ origin, wave }) => {
    if (origin !== 'answer' || wave === null) return true;
    if (answered.has(wave)) return false;
    answered.add(wave);
    return true;
  });
}

function groupedByGroup(
  reports: readonly Report[],
  byPartner: ReadonlyMap<string, readonly Report[]>,
): ReadonlyMap<string, readonly Report[]> {
  const counting = new Set([...byPartner.values()].flatMap(withoutChangedAnswers));
  const byGroup = new Map<string, Report[]>();
  for (const report of reports) {
    if (!counting.has(report)) continue;
    for (const group of new Set(report.groups)) {
      const known = byGroup.get(group);
      if (known) known.push(report);
      else byGroup.set(group, [report]);
    }
  }
  for (const some of byGroup.values()) Object.freeze(some.sort(newestFirst));
  return byGroup;
}

/** Sorts the reports once. A wave has asked a partner when it says so, or the partner has a report in it. */
export function keepReports(
  reports: readonly Report[],
  waves: readonly Wave[],
  freshMonths: number,
  today: Day,
): ReportBook {
  const byPartner = grouped(reports, (report) => report.partner);
  for (const some of byPartner.values()) Object.freeze(some.sort(newestFirst));
  const byWave = grouped(reports, (report) => report.wave);
  for (const some of byWave.values()) {
    some.sort((one, other) =>
      one.partner === other.partner
        ? newestFirst(one, other)
        : one.partner < other.partner
          ? -1
          : 1,
    );
    Object.freeze(some);
  }
  const wavesWithAsked = waves.map((wave) => ({ wave, asked: new Set(wave.asked) }));
  const wavesThatAsked = (partner: string): Wave[] => {
    const own = byPartner.get(partner) ?? none;
    return wavesWithAsked
      .filter(
        ({ wave, asked }) => asked.has(partner) || own.some((report) => report.wave === wave.slug),
      )
      .map(({ wave }) => wave);
  };
  let byGroup: ReadonlyMap<string, readonly Report[]> | undefined;
  return {
    of: (partner) => byPartner.get(partner) ?? none,
    in: (wave) => byWave.get(wave) ?? none,
    about(group) {
      byGroup ??= groupedByGroup(reports, byPartner);
      return byGroup.get(group) ?? none;
    },
    levelOf(partner) {
      const own = byPartner.get(partner) ?? none;
      return countingReport(own, wavesThatAsked(partner), freshMonths, today)?.level ?? null;
    },
    wavesThatAsked,
  };
}

/** "Last known: extensive, 2017", from reports none of which counts any more. */
export function lastKnownTie(staleReports: readonly Report[]): LastKnownTie | null {
  const report = lastKnownReport(staleReports);
  return report && { level: report.level, date: report.date, collaboration: report.collaboration };
}
