// What the tests with random input share: how many cases there are, from which seed, an end to each of them, and the
// memory that must be given back. `npm test` runs 500 of each kind; FUZZ_CASES says another count, FUZZ_SEED another seed.
import { setFlagsFromString } from 'node:v8';
import { createContext, runInNewContext, Script } from 'node:vm';
import { expect } from '@jest/globals';
import type { Parameters } from 'fast-check';

export const cases = Number(process.env['FUZZ_CASES'] ?? 500);
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_122);

/** How fast-check runs one kind; a failure is reported with the seed and the smallest input that was found. */
export const runs = <Given>(share = 1): Parameters<Given> => ({
  numRuns: Math.ceil(cases * share),
  seed,
  // The smallest input is looked for as long as a person waits for it.
  interruptAfterTimeLimit: 3_600_000,
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

/** Below so many cases the program itself still grows into its work. */
const fewest = 5_000;
/** What may stay: caches with a bound of their own, and what the test runner keeps. */
const slack = 24;

/** Runs the same work twice: what the first round needed, the second one gives back. */
export async function givesMemoryBack(work: () => unknown): Promise<void> {
  await work();
  if (cases < fewest) return;
  const after = await megabytesUsed();
  await work();
  expect((await megabytesUsed()) - after).toBeLessThan(slack);
}
