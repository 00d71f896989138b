// What to do next about a city's gap (section 2 of the design): the group to turn to, what both care about, where
// they could meet, and who got past the same barrier. How it is said is left to the pages.

import { lastDay } from '../domain/dates.ts';
import { isGap } from '../domain/flag.ts';
import type { Convening } from '../domain/records.ts';
import type { Barrier } from '../domain/words.ts';
import type { CityEntry, Directory, GroupInReach, PartnerEntry } from './directory.ts';
import { perDirectory } from './per-directory.ts';
import { sharedTopics } from './shared-topics.ts';

export interface NextAction {
  /** The group to turn to; null where the directory has none that is not closed. */
  readonly group: GroupInReach | null;
  /** Topics that a partner of the city and that group both have. */
  readonly sharedTopics: readonly string[];
  /** The next convening that both could attend, null where none is known. */
  readonly convening: Convening | null;
}

/** The partners of a city that are not former. */
export const activePartners = (city: CityEntry): readonly PartnerEntry[] =>
  city.partners.filter(({ status }) => status !== 'former');

/** The group to turn to: a live one in reach, else one that may be, else any in reach, else the nearest there is. */
function groupToReach(city: CityEntry): GroupInReach | null {
  const inReach = city.groupsInReach;
  const live = inReach.find(({ group }) => group.liveness.state === 'live');
  const awake = inReach.find(({ group }) => group.liveness.state !== 'quiet');
  return live ?? awake ?? inReach[0] ?? city.nearestGroup;
}

/** Soonest first. */
const upcomingConvenings = perDirectory((directory): readonly Convening[] =>
  directory.convenings
    .filter(({ start, end }) => lastDay(end ?? start) >= directory.today)
    .sort((one, other) => (lastDay(one.start) < lastDay(other.start) ? -1 : 1)),
);

/** Open to both: it is in the city, or in no one place, or a partner or the group of the city goes there anyway. */
function isOpenToBoth(convening: Convening, city: CityEntry, group: GroupInReach | null): boolean {
  if (convening.city === city.slug) return true;
  if (convening.city === null && convening.place === '') return true;
  return (
    activePartners(city).some(({ slug }) => convening.partners.includes(slug)) ||
    (group !== null && convening.groups.includes(group.group.slug))
  );
}

/** Null for a city without a gap. Public facts alone. */
export function findNextAction(directory: Directory, city: CityEntry): NextAction | null {
  if (!isGap(city.flag)) return null;
  const group = groupToReach(city);
  return {
    group,
    sharedTopics: group ? sharedTopics(city.partners, group.group) : [],
    convening: upcomingConvenings(directory).find((one) => isOpenToBoth(one, city, group)) ?? null,
  };
}

/** The barriers that the city's partners named last, each partner's newest naming. Staff only. */
export function namedBarriers(directory: Directory, city: CityEntry): readonly Barrier[] {
  const named = activePartners(city).flatMap(
    ({ slug }) =>
      directory.reportsOf(slug).find(({ barriers }) => barriers.length > 0)?.barriers ?? [],
  );
  return [...new Set(named)];
}

const hasTie = (partner: PartnerEntry): boolean =>
  partner.lastReport !== null &&
  partner.lastReport.level !== 'none' &&
  partner.lastReport.level !== 'unaware';

/** By barrier: the partners with a tie today that named it in an earlier report, the newest tie first. */
const gotPastBarrier = perDirectory((directory) => {
  const found = new Map<Barrier, PartnerEntry[]>();
  for (const partner of directory.partners) {
    if (partner.status === 'former' || !hasTie(partner)) continue;
    const earlier = directory.reportsOf(partner.slug).slice(1);
    for (const barrier of new Set(earlier.flatMap(({ barriers }) => barriers))) {
      const known = found.get(barrier);
      if (known) known.push(partner);
      else found.set(barrier, [partner]);
    }
  }
  const date = ({ lastReport }: PartnerEntry): string => lastReport?.date ?? '';
  for (const partners of found.values()) {
    partners.sort((one, other) => (date(one) < date(other) ? 1 : date(one) > date(other) ? -1 : 0));
  }
  return found;
});

export interface GotPast {
  readonly barrier: Barrier;
  readonly partner: PartnerEntry;
}

/** For each barrier named in the city the partner who got past it most recently. Staff only. */
export function findGotPast(directory: Directory, city: CityEntry): readonly GotPast[] {
  return namedBarriers(directory, city).flatMap((barrier) => {
    const partner = gotPastBarrier(directory)
      .get(barrier)
      ?.find((one) => one.city !== city.slug);
    return partner ? [{ barrier, partner }] : [];
  });
}
