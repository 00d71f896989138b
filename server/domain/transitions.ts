// How levels moved from one wave of the survey to the next, partner by partner.
// Not asked and not answered are places of their own: neither is ever folded into a level.
import { type Level, levels } from './words.ts';

/** Where a partner stands in one wave. */
export const standings = [...levels, 'not-answered', 'not-asked'] as const;
export type Standing = (typeof standings)[number];

/** One wave as the rule needs it: whom it asked, and the level that counts of each who answered. */
export interface WaveAnswers {
  readonly asked: readonly string[];
  readonly answers: ReadonlyMap<string, Level>;
}

export interface Transitions {
  /** Partner slugs by standing then and standing now, in name order; every combination is present. */
  readonly cells: Readonly<Record<Standing, Readonly<Record<Standing, readonly string[]>>>>;
  /** Partners per standing in the earlier wave; equals the sum of the row. */
  readonly rowTotals: Readonly<Record<Standing, number>>;
  /** Partners per standing in the later wave; equals the sum of the column. */
  readonly columnTotals: Readonly<Record<Standing, number>>;
  /** Every partner that either wave asked. */
  readonly partners: number;
  /** Those who answered both waves. */
  readonly panel: {
    readonly size: number;
    readonly closer: readonly string[];
    readonly same: readonly string[];
    readonly further: readonly string[];
  };
}

/** The standing of one partner in one wave; an answer counts as having been asked. */
export function standingIn(wave: WaveAnswers, partner: string): Standing {
  const level = wave.answers.get(partner);
  if (level !== undefined) return level;
  return wave.asked.includes(partner) ? 'not-answered' : 'not-asked';
}

/**
 * The strength of a tie: leading (now or once) 4, extensive 3, some 2, no contact and not aware 1.
 * `leads` and `led` count alike, and `none` and `unaware` too, as in the survey's figure of 2014:
 * moving between them is a change of level, but not a closer or a looser tie.
 */
export function tieStrength(level: Level): number {
  const strengths: Readonly<Record<Level, number>> = {
    leads: 4,
    led: 4,
    extensive: 3,
    some: 2,
    none: 1,
    unaware: 1,
  };
  return strengths[level];
}

/** Compares two waves over every partner that either of them asked. */
export function findTransitions(before: WaveAnswers, after: WaveAnswers): Transitions {
  const partners = [
    ...new Set([
      ...before.asked,
      ...before.answers.keys(),
      ...after.asked,
      ...after.answers.keys(),
    ]),
  ].sort();
  const then = knownStandings(before);
  const now = knownStandings(after);
  const cells = emptyCells();
  const panel = { size: 0, closer: [] as string[], same: [] as string[], further: [] as string[] };

  for (const partner of partners) {
    cells[then.get(partner) ?? 'not-asked'][now.get(partner) ?? 'not-asked'].push(partner);
    const levelThen = before.answers.get(partner);
    const levelNow = after.answers.get(partner);
    if (levelThen === undefined || levelNow === undefined) continue;
    panel.size += 1;
    const step = tieStrength(levelNow) - tieStrength(levelThen);
    (step > 0 ? panel.closer : step < 0 ? panel.further : panel.same).push(partner);
  }

  return {
    cells,
    rowTotals: perStanding((row) => sum(standings.map((column) => cells[row][column].length))),
    columnTotals: perStanding((column) => sum(standings.map((row) => cells[row][column].length))),
    partners: partners.length,
    panel,
  };
}

function knownStandings(wave: WaveAnswers): Map<string, Standing> {
  const known = new Map<string, Standing>();
  for (const partner of wave.asked) known.set(partner, 'not-answered');
  for (const [partner, level] of wave.answers) known.set(partner, level);
  return known;
}

function perStanding<T>(make: (standing: Standing) => T): Record<Standing, T> {
  return Object.fromEntries(standings.map((standing) => [standing, make(standing)])) as Record<
    Standing,
    T
  >;
}

const emptyCells = (): Record<Standing, Record<Standing, string[]>> =>
  perStanding(() => perStanding(() => []));

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, number) => total + number, 0);
