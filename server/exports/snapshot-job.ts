// The daily job that keeps a snapshot of all public tables, if something public changed since the last one.
import type { Job } from '../jobs/job.ts';
import { archiveFiles } from './archive.ts';
import type { PublicTables } from './public-table.ts';
import { keepSnapshot } from './snapshots.ts';

/** @param tablesOf the public tables, for the site's own address */
export const snapshotJob = (tablesOf: PublicTables): Job => ({
  name: 'keep-snapshot',
  fromHour: 0,
  async run({ directory, config, log }) {
    const current = directory.current();
    const files = archiveFiles(current, tablesOf(config.publicUrl), config.publicUrl);
    const isKept = await keepSnapshot(config, current.today, files);
    if (isKept) log.info({ day: current.today }, 'a snapshot of the public tables is kept');
  },
});
