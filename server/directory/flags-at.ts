// The flag of each partner city on an earlier day, by the same rules as today's; worked out when first asked for.
// Days come from the public: only so many are kept, and who is in whose reach is measured once for all of them.
import type { Day } from '../domain/dates.ts';
import { flagOf } from '../domain/flag.ts';
import type { CityFlags } from '../domain/gap-changes.ts';
import { livenessOf } from '../domain/liveness.ts';
import type { RuleSettings } from '../domain/reach.ts';
import type { DirectoryRecords } from '../domain/records.ts';
import { recordsAt } from '../domain/records-at.ts';
import { strongestLevel } from '../domain/reports.ts';
import type { Flag } from '../domain/words.ts';
import type { GroupEntry, PartnerEntry } from './directory.ts';
import { indexNearest } from './nearest.ts';
import { keepReports } from './report-book.ts';

/** Days kept at a time; at 2,000 cities one takes some 200 kB. */
const mostDays = 24;

interface Reaching {
  readonly city: string;
  /** Those that are not former. */
  readonly partners: readonly string[];
  /** Slugs of every group in reach of one of them, closed ones too. */
  readonly groups: readonly string[];
}

/** The entries of the snapshot. */
interface Entries {
  readonly partners: readonly PartnerEntry[];
  readonly groups: readonly GroupEntry[];
}

/** Places do not move with the days: what is in reach now is known, and only groups that closed are added. */
function measureReach({ partners, groups }: Entries): Reaching[] {
  const closed = indexNearest(groups.filter(({ liveness }) => liveness.state === 'closed'));
  const partnersOf = new Map<string, PartnerEntry[]>();
  for (const partner of partners) {
    if (partner.status === 'former') continue;
    const known = partnersOf.get(partner.city);
    if (known) known.push(partner);
    else partnersOf.set(partner.city, [partner]);
  }
  const groupsOf = (partner: PartnerEntry): string[] =>
    [
      ...partner.groupsInReach,
      ...closed.nearest(partner, { withinMiles: partner.effectiveReachMiles }),
    ].map(({ group }) => group.slug);
  return [...partnersOf].map(([city, own]) => ({
    city,
    partners: own.map(({ slug }) => slug),
    groups: [...new Set(own.flatMap(groupsOf))],
  }));
}

/** For any day the flags as `recordsAt` and the rules give them; cities without a partner are left out. */
export function flagsOver(
  records: DirectoryRecords,
  settings: RuleSettings,
  entries: Entries,
): (day: Day) => CityFlags {
  let measured: readonly Reaching[] | undefined;
  return (day) => {
    measured ??= measureReach(entries);
    const then = recordsAt(records, day);
    const groups = new Map(then.groups.map((group) => [group.slug, group]));
    const reports = keepReports(then.reports, then.waves, settings.freshMonths, day);
    const flags = measured.map(({ city, partners, groups: near }): readonly [string, Flag] => {
      const level = strongestLevel(partners.flatMap((slug) => reports.levelOf(slug) ?? []));
      const states = near.flatMap((slug) => {
        const group = groups.get(slug);
        return group ? [livenessOf(group, day).state] : [];
      });
      // What is closed is not in reach: see `surroundings` in build-directory.ts.
      return [city, flagOf({ level, inReach: states.filter((state) => state !== 'closed') })];
    });
    return new Map(flags);
  };
}

/**
 * Answers for any day and keeps the days asked for last.
 * @param today from this day on the snapshot's own flags are given
 */
export function keepFlags(
  work: (day: Day) => CityFlags,
  today: { readonly day: Day; readonly flags: () => CityFlags },
  most = mostDays,
): (day: Day) => CityFlags {
  const kept = new Map<Day, CityFlags>();
  let now: CityFlags | undefined;
  return (day) => {
    if (day >= today.day) {
      now ??= today.flags();
      return now;
    }
    const flags = kept.get(day) ?? work(day);
    // The day asked for last stands last; the first one is the one to go.
    kept.delete(day);
    kept.set(day, flags);
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return flags;
  };
}
