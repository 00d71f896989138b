// The words of the surveys' pages: states of a wave, and where a partner stands in one.
import type { Standing } from '../../domain/transitions.ts';
import type { WaveState } from '../../domain/words.ts';

export const waveStateWords: Readonly<Record<WaveState, string>> = {
  draft: 'Being prepared',
  open: 'Open: answers are coming in',
  closed: 'Closed',
};

/** Short enough for the head of a column. */
export const standingLabels: Readonly<Record<Standing, string>> = {
  leads: 'Leads',
  led: 'Has led',
  extensive: 'Works closely',
  some: 'Some contact',
  none: 'No contact',
  unaware: 'Knows of no group',
  'not-answered': 'Not answered',
  'not-asked': 'Not asked',
};
