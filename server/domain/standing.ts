// Whether a report stands on the partner's word alone, or the groups it names have confirmed or disputed it.
// A verdict never changes the report: both stay, and what they say together is worked out here.
import type { Report, ReportVerdict } from './records.ts';
import type { Verdict } from './words.ts';

/** Nobody has answered; a group named in it confirms it; a group named in it disputes it. */
export const reportStandings = ['one-sided', 'mutual', 'disputed'] as const;
export type ReportStanding = (typeof reportStandings)[number];

const standingOfVerdict: Readonly<Record<Verdict, ReportStanding>> = {
  confirmed: 'mutual',
  disputed: 'disputed',
};

/** Whether `one` was said after `other`; of two said at once the identifier decides, so that the order is one. */
const isNewer = (one: ReportVerdict, other: ReportVerdict): boolean =>
  one.createdAt === other.createdAt ? one.id > other.id : one.createdAt > other.createdAt;

/**
 * What a group says of a report now: its newest verdict, null where it said nothing.
 * @param verdicts in any order; those on other reports or by other groups do not count
 */
export function newestVerdict(
  reportId: string,
  group: string,
  verdicts: readonly ReportVerdict[],
): ReportVerdict | null {
  let newest: ReportVerdict | null = null;
  for (const verdict of verdicts) {
    if (verdict.report !== reportId || verdict.group !== group) continue;
    if (newest === null || isNewer(verdict, newest)) newest = verdict;
  }
  return newest;
}

/** How a report stands between the partner and one group. */
export function groupStanding(
  reportId: string,
  group: string,
  verdicts: readonly ReportVerdict[],
): ReportStanding {
  const newest = newestVerdict(reportId, group, verdicts);
  return newest === null ? 'one-sided' : standingOfVerdict[newest.verdict];
}

/**
 * How a report stands as a whole: one group that disputes it outweighs any that confirm it.
 * Only the groups that the report names have a say.
 */
export function standingOf(
  report: Pick<Report, 'id' | 'groups'>,
  verdicts: readonly ReportVerdict[],
): ReportStanding {
  const standings = report.groups.map((group) => groupStanding(report.id, group, verdicts));
  if (standings.includes('disputed')) return 'disputed';
  return standings.includes('mutual') ? 'mutual' : 'one-sided';
}
