// The flag of each partner city on an earlier day, by the same rules as today's; worked out when first asked for.
// Days come from the public: only so many are kept, and nothing but the flags is made for one.
import type { Day } from '../domain/dates.ts';
import type { CityFlags } from '../domain/gap-changes.ts';
import type { RuleSettings } from '../domain/reach.ts';
import type { DirectoryRecords, Partner } from '../domain/records.ts';
import { recordsAt } from '../domain/records-at.ts';
import type { PartnerEntry } from './directory.ts';
import { draftGroups, draftPartner, makeCity, type Surroundings } from './entries.ts';
import { indexNearest } from './nearest.ts';
import { keepReports } from './report-book.ts';

/** Days kept at a time; at 2,000 cities one takes some 200 kB. */
const mostDays = 24;

/** The flags as `recordsAt` and the rules give them for that day; cities without a partner are left out. */
export function flagsOn(records: DirectoryRecords, settings: RuleSettings, day: Day): CityFlags {
  const then = recordsAt(records, day);
  const groups = draftGroups(then.groups, day).filter(
    ({ liveness }) => liveness.state !== 'closed',
  );
  const nearest = indexNearest(groups);
  const surroundings: Surroundings = {
    settings,
    today: day,
    reports: keepReports(then.reports, then.waves, settings.freshMonths, day),
    nearest,
    nearestLive: nearest,
  };
  const partnersOf = new Map<string, Partner[]>();
  for (const partner of then.partners) {
    if (partner.status === 'former') continue;
    const known = partnersOf.get(partner.city);
    if (known) known.push(partner);
    else partnersOf.set(partner.city, [partner]);
  }
  const flags: (readonly [string, ReturnType<typeof makeCity>['flag']])[] = [];
  for (const city of then.cities) {
    const partners = partnersOf.get(city.slug);
    if (!partners) continue;
    const drafts = partners.map((one) => draftPartner(one, surroundings)) as PartnerEntry[];
    const contents = { partners: drafts, groupsHere: [], collaborations: [], convenings: [] };
    flags.push([city.slug, makeCity(city, contents, surroundings).flag]);
  }
  return new Map(flags);
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
