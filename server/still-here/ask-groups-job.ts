// The daily job that asks groups whether they are still there.
import type { Job } from '../jobs/job.ts';
import { askGroups } from './ask-groups.ts';

export const askGroupsJob: Job = {
  name: 'ask-groups',
  // The morning of the east coast, before noon in the west.
  fromHour: 15,
  run: async (services, signal) => {
    const outcome = await askGroups(services, signal);
    services.log.info(outcome, 'groups were asked whether they are still there');
  },
};
