// The daily job that keeps a backup of the whole store in DATA_DIR/backups, and removes those that are too old.
import type { Job } from '../jobs/job.ts';
import { openSnapshot } from '../store/whole/snapshot.ts';
import { pathOfBackup, removeOldBackups } from './kept-backups.ts';
import { writeBackup } from './write-backup.ts';

export const nightlyBackupJob: Job = {
  name: 'keep-backup',
  // Night where most readers are, and before the mails of the day.
  fromHour: 6,
  async run({ store, config, clock, log }, signal) {
    if (config.backupKeepDays === 0) return;
    const madeAt = clock();
    const { documents } = await writeBackup({
      open: () => openSnapshot(store),
      path: pathOfBackup(config, madeAt, 'nightly'),
      madeAt,
      signal,
    });
    const removed = await removeOldBackups(config, madeAt);
    log.info({ documents, removed }, 'a backup is kept');
  },
};
