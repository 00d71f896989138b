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

export async function measure(
  url: string,
  headers: Readonly<Record<string, string>>,
  load: Load,
): Promise<Round> {
  const result = await autocannon({
    url,
    connections: load.connections,
    duration: load.seconds,
    headers: { ...headers },
  });
  return {
    rate: result.requests.average,
    p99: result.latency.p99,
    failures: result.errors + result.timeouts + result['4xx'] + result['5xx'],
  };
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
