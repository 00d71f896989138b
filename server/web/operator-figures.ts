// Figures for whoever operates Crosswalk, beside those of the process: is mail stuck, are the daily jobs done, how old
// is what readers see. No label names a person, a place that somebody typed, or a record.
import { Gauge, type Registry } from 'prom-client';
import { mailStates } from '../domain/mail-delivery.ts';
import type { Services } from '../services.ts';
import { readRevision } from '../store/directory-records.ts';
import { readJobs } from '../store/jobs.ts';
import { countMails } from '../store/mail-queue.ts';
import { within } from './within.ts';

/** What is asked of the store for a look at the figures may take so long, milliseconds. */
const patience = 2_000;

/** @param keptBytes of answers that are kept ready */
export function addOperatorFigures(
  registry: Registry,
  { store, directory, clock }: Pick<Services, 'store' | 'directory' | 'clock'>,
  keptBytes: () => number,
): void {
  const gauge = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    collect: (gauge: Gauge<Label>) => Promise<void> | void,
  ): Gauge<Label> =>
    new Gauge<Label>({
      ...{ name, help, labelNames: [...labelNames], registers: [registry] },
      async collect() {
        await collect(this);
      },
    });

  gauge('crosswalk_store_up', '1 while the store answers', [], async (up) => {
    up.set((await within(patience, readRevision(store))) === undefined ? 0 : 1);
  });
  gauge('crosswalk_mails', 'Mails of the outbox by state', ['state'], async (mails) => {
    mails.reset();
    const counts = await within(patience, countMails(store));
    if (!counts) return;
    for (const state of mailStates) mails.set({ state }, counts[state]);
  });
  gauge(
    'crosswalk_job_seconds_since_done',
    'Seconds since a daily job was done last',
    ['job'],
    async (since) => {
      since.reset();
      const now = clock().getTime();
      for (const { name, doneAt } of (await within(patience, readJobs(store))) ?? []) {
        if (doneAt) since.set({ job: name }, (now - doneAt.getTime()) / 1000);
      }
    },
  );
  gauge(
    'crosswalk_job_failing',
    '1 while a daily job could not be done when it was last tried',
    ['job'],
    async (failing) => {
      failing.reset();
      for (const { name, problem } of (await within(patience, readJobs(store))) ?? []) {
        failing.set({ job: name }, problem === null ? 0 : 1);
      }
    },
  );
  gauge('crosswalk_kept_answers_bytes', 'Bytes of answers that are kept ready', [], (bytes) => {
    bytes.set(keptBytes());
  });
  gauge('crosswalk_snapshot_age_seconds', 'Seconds since the snapshot was read', [], (age) => {
    age.set((clock().getTime() - Date.parse(directory.current().madeAt)) / 1000);
  });
  gauge('crosswalk_snapshot_build_seconds', 'Time that the last snapshot took', [], (took) => {
    took.set(directory.lastBuildMs() / 1000);
  });
}
