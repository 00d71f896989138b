// What is measured of a running Crosswalk beside its answers: how it starts, what it takes of the memory,
// how soon a report is served and how long anybody waits meanwhile.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { fetchRaw } from './answers.ts';
import type { HostReady, MemoryUse, Written } from './host.ts';
import { latestHundredth, median } from './measure.ts';
import type { Fact } from './table.ts';

export interface Host {
  readonly origin: string;
  readonly startMs: number;
  write(): Promise<Written>;
  memory(): Promise<MemoryUse>;
  stop(): Promise<void>;
}

export async function startHost(folder: string): Promise<Host> {
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), ['host'], {
    // As `npm start` has it.
    execArgv: ['--max-semi-space-size=4'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PUBLIC_URL: 'http://127.0.0.1:3000',
      DATA_DIR: folder,
      LOG_LEVEL: 'warn',
    },
  });
  const ask = async <Answer>(question: string): Promise<Answer> => {
    child.send(question);
    const [answer] = (await once(child, 'message')) as [Answer];
    return answer;
  };
  const [{ port, startMs }] = (await once(child, 'message')) as [HostReady];
  return {
    origin: `http://127.0.0.1:${port}`,
    startMs,
    write: () => ask<Written>('write'),
    memory: () => ask<MemoryUse>('memory'),
    async stop() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

async function timed(origin: string, path: string): Promise<number> {
  const begun = performance.now();
  await fetchRaw(origin + path);
  return performance.now() - begun;
}

/** Asks for a page again and again until told to stop, one at a time; gives the times, milliseconds. */
function readOn(origin: string): () => Promise<number[]> {
  const times: number[] = [];
  let going = true;
  const reading = (async () => {
    while (going) {
      times.push(await timed(origin, '/'));
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
  })();
  return async () => {
    going = false;
    await reading;
    return times;
  };
}

const firstPages = ['/', '/cities/pittsburgh-pa', '/groups'];

/** Reports one after another, with somebody reading all the while, and each page's first answer after each. */
export async function measureWrites(host: Host, writes: number, isReal: boolean): Promise<Fact[]> {
  for (const path of firstPages) await fetchRaw(host.origin + path);
  const served: number[] = [];
  const after: number[] = [];
  const meanwhile: number[] = [];
  for (let count = 0; count < writes; count += 1) {
    const stop = readOn(host.origin);
    served.push((await host.write()).milliseconds);
    meanwhile.push(...(await stop()));
    for (const path of firstPages) after.push(await timed(host.origin, path));
  }
  const budget = isReal ? 50 : 150;
  return [
    ms('report until the new flag is served, p99', latestHundredth(served), isReal ? 50 : 500),
    ms('report until the new flag is served, median', median(served), null),
    ms('a page the first time after a write, p99', latestHundredth(after), budget),
    ms('a page read during a write, the slowest', Math.max(0, ...meanwhile), budget),
  ];
}

export const ms = (name: string, value: number, budget: number | null): Fact => ({
  name,
  value,
  unit: 'ms',
  budget,
  better: 'lower',
});
