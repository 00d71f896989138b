// The daily round of introductions: see keep-introductions.ts.
import type { Job } from '../jobs/job.ts';
import { keepIntroductions } from './keep-introductions.ts';

export const keepIntroductionsJob: Job = {
  name: 'keep-introductions',
  fromHour: 14,
  run: keepIntroductions,
};
