// The states of a wave in words for visitors.
import type { WaveState } from '../../domain/words.ts';

export const waveStateWords: Readonly<Record<WaveState, string>> = {
  draft: 'Being prepared',
  open: 'Open: answers are coming in',
  closed: 'Closed',
};
