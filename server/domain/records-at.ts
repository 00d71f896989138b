// The records as they were to be read on an earlier day: what was dated later is left out.
// Names, places and the network's membership are as they are known now: their history is in the change log.
import { type Day, firstDay, lastDay } from './dates.ts';
import type { DirectoryRecords, Group, Wave } from './records.ts';

/** Everything dated after the day is left out; a date such as `2017` counts from its last day. */
export function recordsAt(records: DirectoryRecords, day: Day): DirectoryRecords {
  const by = (date: string): boolean => lastDay(date) <= day;
  return {
    ...records,
    reports: records.reports.filter((report) => by(report.date)),
    verdicts: records.verdicts.filter((verdict) => verdict.createdAt.slice(0, 10) <= day),
    groups: records.groups
      .filter((group) => group.founded === null || firstDay(group.founded) <= day)
      .map((group) => groupAt(group, by)),
    waves: records.waves.flatMap((wave) => waveAt(wave, day)),
    collaborations: records.collaborations.filter((one) => firstDay(one.from) <= day),
  };
}

/** A listing later than the day still tells that there was a group, but not yet how its list marks it. */
function groupAt(group: Group, by: (date: string) => boolean): Group {
  return {
    ...group,
    signs: group.signs.filter((sign) => by(sign.date)),
    closed: group.closed && by(group.closed.date) ? group.closed : null,
    listing: group.listing && by(group.listing.date) ? group.listing : null,
  };
}

function waveAt(wave: Wave, day: Day): Wave[] {
  if (wave.state === 'draft' || firstDay(wave.opens) > day) return [];
  return [{ ...wave, state: lastDay(wave.closes) < day ? wave.state : 'open' }];
}
