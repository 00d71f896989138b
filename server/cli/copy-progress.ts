// Progress of copying a store. A store that changes under the reading is read anew, and the bar begins anew with it.
import { type Progress, showProgress } from './progress.ts';

export function copyProgress(silent: boolean): {
  readonly onStart: (documents: number) => void;
  readonly onStep: (documents?: number) => void;
  readonly end: () => void;
} {
  let progress: Progress | undefined;
  return {
    onStart(documents) {
      progress?.end();
      progress = showProgress({ label: 'documents', total: documents, silent });
    },
    onStep: (documents = 1) => progress?.step(documents),
    end: () => progress?.end(),
  };
}
