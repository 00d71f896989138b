// What one answer did to the flag of its city: the flag without it, and with it.
// Nothing is remembered for this: both follow from the reports, by the same rules that draw the map.
import type { Directory, PartnerEntry } from '../../directory/directory.ts';
import { flagOf } from '../../domain/flag.ts';
import type { Report } from '../../domain/records.ts';
import { countingReport, newestFirst, strongestLevel } from '../../domain/reports.ts';
import type { Flag, Level } from '../../domain/words.ts';

/** The level that counted for the partner with those of its reports that some test lets through. */
function levelWith(
  directory: Directory,
  partner: PartnerEntry,
  freshMonths: number,
  counts: (report: Report) => boolean,
): Level | null {
  const all = directory.reportsOf(partner.slug);
  const asked = directory.waves.filter(
    (wave) => wave.asked.includes(partner.slug) || all.some((report) => report.wave === wave.slug),
  );
  const reports = all.filter(counts).sort(newestFirst);
  return countingReport(reports, asked, freshMonths, directory.today)?.level ?? null;
}

/** The city's flag just before the report was filed, and with it. */
export function cityFlags(
  directory: Directory,
  partner: PartnerEntry,
  report: Report,
  freshMonths: number,
): { readonly before: Flag; readonly after: Flag } {
  const { cityEntry: city } = partner;
  if (!city.isPartnerCity) return { before: city.flag, after: city.flag };
  const isEarlier = (one: Report) => one.id !== report.id && newestFirst(one, report) > 0;
  const flagWith = (counts: (one: Report) => boolean): Flag => {
    const own =
      partner.status === 'former' ? null : levelWith(directory, partner, freshMonths, counts);
    const others = city.partners.filter(
      ({ slug, status }) => slug !== partner.slug && status !== 'former',
    );
    const level = strongestLevel(
      [own, ...others.map((other) => other.level)].flatMap((one) => one ?? []),
    );
    return flagOf({
      level,
      inReach: city.groupsInReach.map(({ group }) => group.liveness.state),
    });
  };
  return {
    before: flagWith(isEarlier),
    after: flagWith((one) => one.id === report.id || isEarlier(one)),
  };
}
