// Which groups a partner can be expected to know: "in reach" of section 2 of the design.
// Finding them fast is left to directory/nearest.ts.
import type { Partner } from './records.ts';

/** The settings that the rules take as arguments (REACH_MILES, FRESH_MONTHS). */
export interface RuleSettings {
  readonly reachMiles: number;
  readonly freshMonths: number;
}

/** The partner's own reach, else the setting, in miles. */
export const effectiveReach = (
  partner: Pick<Partner, 'reachMiles'>,
  settings: Pick<RuleSettings, 'reachMiles'>,
): number => partner.reachMiles ?? settings.reachMiles;

/** "In reach when it is within the partner's reach": the edge itself is within. */
export const isInReach = (distanceMiles: number, reachMiles: number): boolean =>
  distanceMiles <= reachMiles;
