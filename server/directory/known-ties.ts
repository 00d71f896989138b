// What the directory knows of a partner and a group having met: reports, collaborations, shared convenings.
import { compareDates } from '../domain/dates.ts';
import type { Tie } from '../domain/match.ts';
import type { Report } from '../domain/records.ts';
import { groupStanding } from '../domain/standing.ts';
import type { Directory } from './directory.ts';
import { perDirectory } from './per-directory.ts';
import { withoutChangedAnswers } from './report-book.ts';

/** By slug of the group, the newest of each kind first. */
export type TiesOfPartner = ReadonlyMap<string, readonly Tie[]>;

const none: TiesOfPartner = new Map();

const dateOf = (tie: Tie): string =>
  tie.kind === 'report' ? tie.date : tie.kind === 'collaboration' ? tie.to : (tie.end ?? tie.start);

/** A report tells of a tie unless it says that there is none, or the group disputes it. */
const tellsOfTie = (directory: Directory, report: Report, group: string): boolean =>
  report.level !== 'none' &&
  report.level !== 'unaware' &&
  groupStanding(report.id, group, directory.verdictsOn(report.id)) !== 'disputed';

const tiesByPartner = perDirectory((directory): ReadonlyMap<string, TiesOfPartner> => {
  const ties = new Map<string, Map<string, Tie[]>>();
  const add = (partner: string, group: string, tie: Tie): void => {
    const own = ties.get(partner) ?? new Map<string, Tie[]>();
    ties.set(partner, own);
    const known = own.get(group);
    if (known) known.push(tie);
    else own.set(group, [tie]);
  };
  for (const { partner, group, slug, title, from, to } of directory.collaborations) {
    if (partner && group) add(partner, group, { kind: 'collaboration', slug, title, from, to });
  }
  for (const { partners, groups, slug, name, start, end } of directory.convenings) {
    for (const partner of partners) {
      for (const group of groups)
        add(partner, group, { kind: 'convening', slug, name, start, end });
    }
  }
  for (const { slug } of directory.partners) {
    for (const report of withoutChangedAnswers(directory.reportsOf(slug))) {
      // One that a collaboration was read as says the same thing once more.
      if (report.collaboration !== null) continue;
      for (const group of new Set(report.groups)) {
        if (!tellsOfTie(directory, report, group)) continue;
        const { level, date, gave } = report;
        add(slug, group, { kind: 'report', level, date, gave });
      }
    }
  }
  for (const own of ties.values()) {
    for (const some of own.values()) {
      some.sort((one, other) => compareDates(dateOf(other), dateOf(one)));
    }
  }
  return ties;
});

export const tiesOf = (directory: Directory, partner: string): TiesOfPartner =>
  tiesByPartner(directory).get(partner) ?? none;
