// How many partners answered a wave: the source's own number where a wave is known only by its totals.
import type { Directory } from '../../directory/directory.ts';
import type { Wave } from '../../domain/records.ts';

export function respondentsOf(directory: Directory, wave: Wave): number {
  if (wave.aggregate) return wave.aggregate.respondents;
  return new Set(directory.reportsIn(wave.slug).map((report) => report.partner)).size;
}
