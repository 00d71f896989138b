// The flag of a city and of a partner: the table of section 2 of the design, row by row.
// Which groups are in reach and which report counts is left to reach.ts and reports.ts.
import { type Flag, type GapFlag, gapFlags, type Level, type LivenessState } from './words.ts';

/** The rows "fresh level ...". */
export const flagOfLevel: Readonly<Record<Level, Flag>> = {
  leads: 'leads',
  led: 'leads',
  extensive: 'extensive',
  some: 'some',
  none: 'no-contact',
  unaware: 'not-aware',
};

export interface FlagGrounds {
  /** The fresh level that counts; of a city the strongest among its partners. */
  readonly level: Level | null;
  /** The liveness of each group in reach; closed ones may be left out. */
  readonly inReach: Iterable<LivenessState>;
}

/**
 * The flag of a partner that is not former, or of a city that has one: the first row that fits.
 * `leads` `extensive` `some` `no-contact` `not-aware`: by the fresh level.
 * `no-group`: no fresh report, and no group that is not closed in reach.
 * `dormant`: no fresh report, and every group in reach is quiet or closed.
 * `not-reported`: no fresh report, and a group in reach.
 */
export function flagOf({ level, inReach }: FlagGrounds): Flag {
  if (level) return flagOfLevel[level];
  let flag: Flag = 'no-group';
  for (const state of inReach) {
    if (state === 'live' || state === 'no-signal') return 'not-reported';
    if (state === 'quiet') flag = 'dormant';
  }
  return flag;
}

/** The column "gap". */
export const isGap = (flag: Flag): flag is GapFlag => (gapFlags as readonly Flag[]).includes(flag);
