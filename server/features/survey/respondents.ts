// How many partners a wave asked and how many answered: the source's own number where only totals are known.
import type { Directory } from '../../directory/directory.ts';
import type { Wave } from '../../domain/records.ts';

export interface Turnout {
  readonly answered: number;
  /** Null where the source does not say. */
  readonly asked: number | null;
}

export function turnoutOf(directory: Directory, wave: Wave): Turnout {
  if (wave.aggregate) return { answered: wave.aggregate.respondents, asked: null };
  const { asked, final } = directory.answersIn(wave.slug);
  return { answered: final.size, asked: asked.length };
}

/** "22 of 33"; the number alone where it is not known how many were asked. */
export const turnoutWords = ({ answered, asked }: Turnout): string =>
  asked === null ? String(answered) : `${answered} of ${asked}`;
