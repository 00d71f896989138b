// Two processes on one store: how soon the second serves what was written through the first.
import { setTimeout as wait } from 'node:timers/promises';
import { fetchRaw } from './answers.ts';
import { median } from './measure.ts';
import { type Host, ms, startHost } from './running.ts';
import type { Fact } from './table.ts';

async function revisionOf(origin: string): Promise<number> {
  const { headers } = await fetchRaw(`${origin}/api/v1/cities/pittsburgh-pa`);
  return Number(headers['crosswalk-revision']);
}

/**
 * Writes through the first process at odd moments and asks the second until it serves the same revision.
 * @param env where the data of both is
 */
export async function measureProcesses(
  first: Host,
  env: NodeJS.ProcessEnv,
  writes: number,
): Promise<Fact[]> {
  const second = await startHost(env);
  const times: number[] = [];
  try {
    for (let count = 0; count < writes; count += 1) {
      await wait(97 * (count % 8));
      const { revision } = await first.write();
      const begun = performance.now();
      while ((await revisionOf(second.origin)) < revision) await wait(5);
      times.push(performance.now() - begun);
    }
  } finally {
    await second.stop();
  }
  const name = 'a second process serves what the first one wrote';
  return [
    ms(`${name}, the latest`, Math.max(...times), 1_000),
    ms(`${name}, median`, median(times), null),
  ];
}
