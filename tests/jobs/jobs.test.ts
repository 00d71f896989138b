// The daily jobs: each is done once a day, by one process, again after a failure, and anew after a crash.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Job } from '../../server/jobs/job.ts';
import { keepJobs } from '../../server/jobs/keep-jobs.ts';
import { runJob } from '../../server/jobs/run-job.ts';
import { readJobs, takeJob } from '../../server/store/jobs.ts';
import { markSampleData } from '../../server/store/sample-data.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

let now = new Date('2026-11-22T15:00:00Z');
let app: TestApp;
let done: string[];

beforeAll(async () => {
  app = await startTestApp({ clock: () => now });
});
afterAll(() => app.close());
beforeEach(() => {
  done = [];
});

let count = 0;
const aJob = (given: Partial<Job> = {}): Job => {
  count += 1;
  const name = `job-${count}`;
  return {
    name,
    fromHour: 14,
    run: async () => {
      done.push(name);
    },
    ...given,
  };
};
const at = (moment: string): void => {
  now = new Date(moment);
};

describe('a daily job', () => {
  it('is done once a day, from its hour on', async () => {
    const job = aJob();
    at('2026-11-22T13:59:00Z');
    expect(await runJob(app.services, job)).toBe('not-due');
    at('2026-11-22T14:00:00Z');
    expect(await runJob(app.services, job)).toBe('done');
    at('2026-11-22T23:59:00Z');
    expect(await runJob(app.services, job)).toBe('not-due');
    at('2026-11-23T14:00:00Z');
    expect(await runJob(app.services, job)).toBe('done');
    expect(done).toHaveLength(2);
  });

  it('is done by one of several that try at the same moment', async () => {
    const job = aJob();
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => runJob(app.services, job)));
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    expect(done).toHaveLength(1);
  });

  it('is tried again an hour after it failed, and what went wrong is kept until it is done', async () => {
    at('2026-11-24T15:00:00Z');
    let fails = true;
    const job = aJob({
      run: async () => {
        if (fails) throw new Error('The mail server is asleep.');
      },
    });
    const problem = async () =>
      (await readJobs(app.services.store)).find(({ name }) => name === job.name)?.problem;
    expect(await runJob(app.services, job)).toBe('failed');
    expect(await problem()).toBe('The mail server is asleep.');
    fails = false;
    at('2026-11-24T15:59:00Z');
    expect(await runJob(app.services, job)).toBe('not-due');
    at('2026-11-24T16:00:00Z');
    expect(await runJob(app.services, job)).toBe('done');
    expect(await problem()).toBeNull();
  });

  it('is taken over when the process that had it went away', async () => {
    at('2026-11-25T15:00:00Z');
    const job = aJob();
    const gone = { name: job.name, heldBy: 'gone', heldUntil: new Date('2026-11-25T15:02:00Z') };
    await takeJob(app.services.store, gone, { day: '2026-11-25', now });
    expect(await runJob(app.services, job)).toBe('not-due');
    at('2026-11-25T15:02:00Z');
    expect(await runJob(app.services, job)).toBe('done');
  });

  it('goes on at the next start when it was stopped in the middle', async () => {
    const job = aJob();
    const stopping = new AbortController();
    stopping.abort();
    expect(await runJob(app.services, job, stopping.signal)).toBe('stopped');
    expect(await runJob(app.services, job)).toBe('done');
  });
});

describe('the program', () => {
  const whileKeeping = async (job: Job, milliseconds: number): Promise<void> => {
    const keeper = keepJobs(app.services, { doing: [job], lookEveryMs: 5 });
    for (let waited = 0; waited < milliseconds && done.length === 0; waited += 5) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await keeper.close();
  };

  it('does what is due while it runs, and nothing after it was stopped', async () => {
    at('2026-11-26T15:00:00Z');
    const job = aJob();
    await whileKeeping(job, 5_000);
    expect(done).toEqual([job.name]);
    at('2026-11-27T15:00:00Z');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(done).toEqual([job.name]);
  });

  it('leaves the world alone on a site of invented answers', async () => {
    await markSampleData(app.services.store);
    await app.services.directory.refresh();
    await whileKeeping(aJob(), 100);
    expect(done).toEqual([]);
  });
});
