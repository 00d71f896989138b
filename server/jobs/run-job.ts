// One try at a daily job: it is taken in the store first, so that of several processes one does it, once a day.
import { randomUUID } from 'node:crypto';
import { dayOf } from '../domain/dates.ts';
import type { Services } from '../services.ts';
import { endJob, type JobHold, keepJob, postponeJob, takeJob } from '../store/jobs.ts';
import type { Job } from './job.ts';

/** How long a process that went away keeps others from a job, milliseconds. */
const lease = 2 * 60_000;
/** How long after a failure it is tried again, milliseconds. */
const pause = 60 * 60_000;

/** `not-due`: too early, done for today, or in other hands. */
export type JobOutcome = 'done' | 'not-due' | 'stopped' | 'failed';

export async function runJob(
  services: Services,
  job: Job,
  signal: AbortSignal = new AbortController().signal,
): Promise<JobOutcome> {
  const { store, clock, log } = services;
  const now = clock();
  const day = dayOf(now);
  if (now.getUTCHours() < job.fromHour) return 'not-due';
  const heldBy = randomUUID();
  const hold = (length: number): JobHold => ({
    name: job.name,
    heldBy,
    heldUntil: new Date(clock().getTime() + length),
  });
  if (!(await takeJob(store, hold(lease), { day, now }))) return 'not-due';

  const lost = new AbortController();
  const keeping = setInterval(() => {
    keepJob(store, hold(lease)).then(
      (kept) => kept || lost.abort(),
      (error: unknown) => log.warn({ err: error, job: job.name }, 'A job could not be kept'),
    );
  }, lease / 3);
  keeping.unref();
  const either = AbortSignal.any([signal, lost.signal]);
  try {
    await job.run(services, either);
    if (either.aborted) {
      await postponeJob(store, hold(0), 'It was stopped before it was done.');
      return 'stopped';
    }
    await endJob(store, hold(0), { day, now: clock() });
    log.info({ job: job.name, ms: clock().getTime() - now.getTime() }, 'a daily job is done');
    return 'done';
  } catch (error) {
    if (either.aborted) return 'stopped';
    log.error({ err: error, job: job.name }, 'a daily job failed');
    const problem = error instanceof Error ? error.message : String(error);
    await postponeJob(store, hold(pause), problem);
    return 'failed';
  } finally {
    clearInterval(keeping);
  }
}
