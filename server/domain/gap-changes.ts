// Which gaps closed and which opened between two days: both, because their difference alone hides that
// ten can close while ten others open.
import { isGap } from './flag.ts';
import type { Flag } from './words.ts';

/** The flag of each partner city on one day, by slug. */
export type CityFlags = ReadonlyMap<string, Flag>;

export interface GapChange {
  readonly city: string;
  /** Null where it was not a partner city on that day. */
  readonly before: Flag | null;
  readonly after: Flag | null;
}

export interface GapChanges {
  /** Had a gap, and is a partner city without one now. */
  readonly closed: readonly GapChange[];
  /** Has a gap now and had none, or was no partner city. */
  readonly opened: readonly GapChange[];
  /** Had a gap and has one, for whichever cause. */
  readonly stillOpen: readonly GapChange[];
  /** Partner cities without a gap on both days. */
  readonly stillClosed: readonly GapChange[];
  /** No partner city any more: its gap, if it had one, did not close. */
  readonly left: readonly GapChange[];
  readonly gapsBefore: number;
  readonly gapsAfter: number;
  readonly citiesBefore: number;
  readonly citiesAfter: number;
}

/**
 * Compares two days, city by city, in the order of their slugs. Every city is in one list exactly.
 * @param counts the flags that count as a gap; one cause alone tells where that cause came and went
 */
export function findGapChanges(
  before: CityFlags,
  after: CityFlags,
  counts: (flag: Flag) => boolean = isGap,
): GapChanges {
  const lists = {
    closed: [] as GapChange[],
    opened: [] as GapChange[],
    stillOpen: [] as GapChange[],
    stillClosed: [] as GapChange[],
    left: [] as GapChange[],
  };
  for (const city of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const change = { city, before: before.get(city) ?? null, after: after.get(city) ?? null };
    lists[listOf(change, counts)].push(change);
  }
  const gaps = (flags: CityFlags): number => [...flags.values()].filter(counts).length;
  return {
    ...lists,
    gapsBefore: gaps(before),
    gapsAfter: gaps(after),
    citiesBefore: before.size,
    citiesAfter: after.size,
  };
}

function listOf({ before, after }: GapChange, counts: (flag: Flag) => boolean) {
  if (after === null) return 'left';
  const had = before !== null && counts(before);
  if (counts(after)) return had ? 'stillOpen' : 'opened';
  return had ? 'closed' : 'stillClosed';
}
