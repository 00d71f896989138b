// What the tests with random input share: how many cases there are, from which seed, an end to each of them, and the
// memory that must be given back. `npm test` runs 500 of each kind; FUZZ_CASES says another count, FUZZ_SEED another seed.
import { setFlagsFromString } from 'node:v8';
import { createContext, runInNewContext, Script } from 'node:vm';
import { expect } from '@jest/globals';

export const cases = Number(process.env['FUZZ_CASES'] ?? 500);
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_122);

/** The long run takes each of several of a kind that often; otherwise they share the count between them. */
export const isLong = cases >= 10_000;
const fewestOfEach = 100;

/** How long jest waits for one kind, milliseconds. */
export const patience = isLong ? 14_400_000 : 120_000;

/**
 * How fast-check runs one of so many of a kind; a failure is reported with the seed and the smallest input that was
 * found.
 */
export const runs = (ofKind = 1): { readonly numRuns: number; readonly seed: number } => ({
  numRuns: isLong ? cases : Math.min(cases, Math.max(fewestOfEach, Math.ceil(cases / ofKind))),
  seed,
});

const script = new Script('work()');
const holder = createContext({ work: () => undefined });

/** So long may one case take: a hang, and no measure of speed. */
const longest = 10_000;

/** @throws what the work throws, and an error where it does not come to an end */
export function ends<Result>(work: () => Result): Result {
  holder['work'] = work;
  return script.runInContext(holder, { timeout: longest }) as Result;
}

/** The same for work that waits for others. */
export async function endsLater<Result>(work: Promise<Result>, what: string): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} does not come to an end`)), longest);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

async function megabytesUsed(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    collect();
  }
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1_048_576;
}

/** What may stay: caches with a bound of their own, and what the test runner keeps. */
const slack = 24;

/** In the long run the same work is done twice: what the first round left, the second one does not add to. */
export async function givesMemoryBack(work: () => unknown): Promise<void> {
  await work();
  if (!isLong) return;
  const after = await megabytesUsed();
  await work();
  expect((await megabytesUsed()) - after).toBeLessThan(slack);
}
