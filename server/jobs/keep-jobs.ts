// Does the daily jobs for as long as the program runs. A site of invented answers writes to nobody and asks nobody.
import type { Services } from '../services.ts';
import type { Job } from './job.ts';
import { jobs } from './jobs.ts';
import { runJob } from './run-job.ts';

export interface JobKeeper {
  close(): Promise<void>;
}

/** How often to look whether something is due, milliseconds; also how long after the start for the first time. */
const tenMinutes = 10 * 60_000;

export function keepJobs(
  services: Services,
  { doing = jobs, lookEveryMs = tenMinutes }: { doing?: readonly Job[]; lookEveryMs?: number } = {},
): JobKeeper {
  const { directory, log } = services;
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let isRunning = false;

  const look = async (): Promise<void> => {
    if (isRunning || directory.current().sampleData) return;
    isRunning = true;
    try {
      for (const job of doing) {
        if (stopping.signal.aborted) return;
        await runJob(services, job, stopping.signal);
      }
    } finally {
      isRunning = false;
    }
  };
  const timer = setInterval(() => {
    if (isRunning) return;
    running = look().catch((error: unknown) =>
      log.warn({ err: error }, 'The daily jobs could not be looked at'),
    );
  }, lookEveryMs);
  timer.unref();

  return {
    async close() {
      clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}
