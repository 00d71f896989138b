// The daily jobs, in the order they are done. Each has its use case in a folder of its own.
import { nightlyBackupJob } from '../backup/nightly-job.ts';
import { snapshotJob } from '../exports/snapshot-job.ts';
import { publicTables } from '../features/api/tables.ts';
import { keepUploadsJob } from '../import/runs/keep-uploads.ts';
import { keepIntroductionsJob } from '../introductions/keep-introductions-job.ts';
import { keepPrivacyJob } from '../people/keep-privacy.ts';
import { checkGroupsJob } from '../signs/check-groups-job.ts';
import { askGroupsJob } from '../still-here/ask-groups-job.ts';
import { tellSubscribersJob } from '../subscriptions/tell-subscribers-job.ts';
import type { Job } from './job.ts';

export const jobs: readonly Job[] = [
  nightlyBackupJob,
  checkGroupsJob,
  snapshotJob(publicTables),
  askGroupsJob,
  tellSubscribersJob,
  keepIntroductionsJob,
  keepPrivacyJob,
  keepUploadsJob,
];
