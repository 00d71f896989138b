// One figure: how many answers a second an address gives, and how late the latest hundredth is.
import autocannon from 'autocannon';

export interface Round {
  /** Answers a second, the mean over the round. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p99: number;
  readonly failures: number;
}

export interface Load {
  readonly connections: number;
  readonly seconds: number;
}

/** @param paths asked in turn by each connection */
export async function measure(
  origin: string,
  paths: readonly string[],
  headers: Readonly<Record<string, string>>,
  load: Load,
): Promise<Round> {
  const result = await autocannon({
    url: origin,
    connections: load.connections,
    duration: load.seconds,
    headers: { ...headers },
    requests: paths.map((path) => ({ path })),
  });
  return {
    rate: result.requests.average,
    p99: result.latency.p99,
    failures: result.errors + result.timeouts + result['4xx'] + result['5xx'],
  };
}

const sorted = (numbers: readonly number[]): number[] =>
  [...numbers].sort((one, other) => one - other);

export function median(numbers: readonly number[]): number {
  const all = sorted(numbers);
  const middle = Math.floor(all.length / 2);
  const upper = all[middle] ?? 0;
  return all.length % 2 === 1 ? upper : ((all[middle - 1] ?? 0) + upper) / 2;
}

/** The number that 99 of 100 do not exceed; of fewer than a hundred the greatest. */
export function latestHundredth(numbers: readonly number[]): number {
  const all = sorted(numbers);
  return all[Math.max(0, Math.ceil(all.length * 0.99) - 1)] ?? 0;
}
