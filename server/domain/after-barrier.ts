// What happened next to a partner that named a barrier: where it stood in the wave after.
import { standingIn, tieStrength, type WaveAnswers } from './transitions.ts';
import type { Level } from './words.ts';

export const outcomes = [
  'closer',
  'same',
  'further',
  'not-answered',
  'not-asked',
  'no-later-wave',
] as const;
export type Outcome = (typeof outcomes)[number];

/** @param next the wave after, or null where there is none yet */
export function outcomeAfter(level: Level, next: WaveAnswers | null, partner: string): Outcome {
  if (next === null) return 'no-later-wave';
  const standing = standingIn(next, partner);
  if (standing === 'not-answered' || standing === 'not-asked') return standing;
  const step = tieStrength(standing) - tieStrength(level);
  return step > 0 ? 'closer' : step < 0 ? 'further' : 'same';
}
