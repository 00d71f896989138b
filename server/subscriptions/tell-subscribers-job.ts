// The daily job that tells people of groups near the places that they left an address for.
import type { Job } from '../jobs/job.ts';
import { tellSubscribers } from './tell-subscribers.ts';

export const tellSubscribersJob: Job = {
  name: 'tell-subscribers',
  // Afternoon in Europe, morning in the United States.
  fromHour: 15,
  run: tellSubscribers,
};
