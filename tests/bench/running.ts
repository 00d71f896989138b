// What is measured of a running Crosswalk beside its answers: how it starts, what it takes of the memory,
// how soon a report is served and how long anybody waits meanwhile.
import { fetchRaw } from './answers.ts';
import type { HostReady, MemoryUse, Written } from './host.ts';
import { latestHundredth, median } from './measure.ts';
import { startRole } from './roles.ts';
import { type Fact, factNames } from './table.ts';

export interface Host {
  readonly origin: string;
  readonly startMs: number;
  write(): Promise<Written>;
  memory(): Promise<MemoryUse>;
  stop(): Promise<void>;
}

/** @param env where the data is */
export async function startHost(env: NodeJS.ProcessEnv): Promise<Host> {
  const settings = { NODE_ENV: 'production', PUBLIC_URL: 'http://127.0.0.1:3000' };
  const { ready, ask, stop } = await startRole<HostReady>('host', {
    // As `npm start` has it.
    execArgv: ['--max-semi-space-size=4'],
    env: { ...process.env, MONGODB_URI: '', LOG_LEVEL: 'warn', ...settings, ...env },
  });
  return {
    origin: `http://127.0.0.1:${ready.port}`,
    startMs: ready.startMs,
    write: () => ask<Written>('write'),
    memory: () => ask<MemoryUse>('memory'),
    stop,
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
  const inserts: number[] = [];
  const kept: number[] = [];
  for (let count = 0; count < writes; count += 1) {
    const stop = readOn(host.origin);
    const { milliseconds, insertMs } = await host.write();
    served.push(milliseconds);
    inserts.push(insertMs);
    meanwhile.push(...(await stop()));
    for (const path of firstPages) after.push(await timed(host.origin, path));
    for (const path of firstPages) kept.push(await timed(host.origin, path));
  }
  const budget = isReal ? 50 : 150;
  const insert = { what: 'one insert', value: median(inserts) };
  const keptPage = { what: 'the same page, kept', value: median(kept) };
  return [
    ms(factNames.report, latestHundredth(served), isReal ? 50 : 500, insert),
    ms('report until the new flag is served, median', median(served), null, insert),
    ms('a page the first time after a write, p99', latestHundredth(after), budget, keptPage),
    ms('a page the first time after a write, median', median(after), null, keptPage),
    ms('a page read during a write, the slowest', Math.max(0, ...meanwhile), budget, keptPage),
  ];
}

export const ms = (
  name: string,
  value: number,
  budget: number | null,
  floor?: Fact['floor'],
): Fact => ({ name, value, unit: 'ms', budget, better: 'lower', floor });
