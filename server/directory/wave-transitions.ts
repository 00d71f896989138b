// How levels moved from the wave before to this one: what the snapshot knows, put to the rule of domain/transitions.ts.
import type { Wave } from '../domain/records.ts';
import { findTransitions, type Transitions, type WaveAnswers } from '../domain/transitions.ts';
import type { Directory, WaveResponses } from './directory.ts';

const toWaveAnswers = ({ asked, final }: WaveResponses): WaveAnswers => ({
  asked,
  answers: new Map([...final].map(([partner, { level }]) => [partner, level])),
});

/** Null where no earlier wave is known partner by partner, and where this one asked nobody. */
export function transitionsTo(
  directory: Directory,
  wave: Wave,
): { readonly before: Wave; readonly found: Transitions } | null {
  const before = directory.waveBefore(wave.slug);
  const now = directory.answersIn(wave.slug);
  if (!before || now.asked.length === 0) return null;
  const then = directory.answersIn(before.slug);
  return { before, found: findTransitions(toWaveAnswers(then), toWaveAnswers(now)) };
}
