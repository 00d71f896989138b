// `crosswalk status`: where the store is, which revision it is at, how many records it holds, how old its last backup is,
// and how the daily jobs ended.
import type { Command } from 'commander';
import { listBackups } from '../backup/kept-backups.ts';
import { countRecords } from '../store/counts.ts';
import { type JobState, readJobs } from '../store/jobs.ts';
import { readRevision } from '../store/revision.ts';
import { formatCount, formatDate } from '../web/format.ts';
import { type AnswerOptions, countLines, print } from './print.ts';
import { withStore } from './with-store.ts';

export function addStatusCommand(program: Command): void {
  program
    .command('status')
    .description('Say where the store is, what it holds, and how backups and daily jobs are doing.')
    .option('--json', 'answer as one JSON object')
    .action(async (options: AnswerOptions) => {
      const now = new Date();
      const status = await withStore(async (store, config) => ({
        store: store.description,
        revision: await readRevision(store),
        records: await countRecords(store),
        lastBackup: await lastBackup(config, now),
        jobs: await readJobs(store),
      }));
      const { lastBackup: last } = status;
      print(
        status,
        [
          `Store: ${status.store}`,
          `Revision: ${status.revision}`,
          ...countLines(status.records),
          last
            ? `Last backup: ${ageInWords(last.ageHours)}, ${last.file}`
            : 'Last backup: none yet',
          ...(status.jobs.length > 0 ? ['Daily jobs:', ...status.jobs.map(jobLine)] : []),
        ],
        options,
      );
    });
}

const hour = 60 * 60_000;

async function lastBackup(config: Parameters<typeof listBackups>[0], now: Date) {
  const [newest] = await listBackups(config);
  if (!newest) return null;
  const { path: file, madeAt } = newest;
  const ageHours = Math.max(0, Math.floor((now.getTime() - madeAt.getTime()) / hour));
  return { file, madeAt: madeAt.toISOString(), ageHours };
}

/** Hours for two days, then days. */
function ageInWords(hours: number): string {
  if (hours === 0) return 'less than an hour ago';
  if (hours < 48) return `${formatCount(hours, 'hour', 'hours')} ago`;
  return `${formatCount(Math.floor(hours / 24), 'day', 'days')} ago`;
}

function jobLine({ name, doneFor, problem }: JobState): string {
  const done = doneFor === null ? 'never done' : `done for ${formatDate(doneFor)}`;
  return `  ${name}: ${done}${problem === null ? '' : `; the last try failed: ${problem}`}`;
}
