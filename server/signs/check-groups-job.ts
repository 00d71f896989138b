// The daily look for signs of life; the command `check-groups` does the same by hand.
import type { Job } from '../jobs/job.ts';
import { theInternet } from '../outside/network.ts';
import { userAgent } from '../outside/user-agent.ts';
import { checkGroups } from './check-groups.ts';

export const checkGroupsJob: Job = {
  name: 'check-groups',
  // Before people look: the night of the United States.
  fromHour: 8,
  run: async ({ store, config, clock, log, directory }, signal) => {
    const { groups, outcomes, changed } = await checkGroups({
      store,
      network: theInternet,
      userAgent: userAgent(config),
      clock,
      log,
      signal,
    });
    await directory.refresh();
    log.info({ groups, outcomes, changed: changed.length }, 'groups were checked');
  },
};
