// Courtesy towards other computers: each is asked one thing at a time, with a pause in between, and one that asked to be
// left alone or did not answer several times is not asked again.
import { setTimeout as wait } from 'node:timers/promises';

export interface HostQueue {
  /** Does the work when the host's turn has come. Rejects with the signal's reason where that ends first. */
  take<T>(host: string, work: () => Promise<T>): Promise<T>;
  /** From now on this long between two requests, milliseconds. */
  slowDown(host: string, pause: number): void;
  /** Why the host is not asked any more, or null. */
  closedBecause(host: string): string | null;
  close(host: string, because: string): void;
  /** Notes whether it answered. */
  note(host: string, hasAnswered: boolean): void;
}

/** So many times in a row without an answer, and a host is left alone. */
const patience = 3;

interface Line {
  /** Ends when the pause after the request before it is over. */
  last: Promise<unknown>;
  pause: number;
  missed: number;
  closed: string | null;
}

export function keepHostQueue(pause: number, signal: AbortSignal): HostQueue {
  const lines = new Map<string, Line>();
  const lineOf = (host: string): Line => {
    const line = lines.get(host) ?? { last: Promise.resolve(), pause, missed: 0, closed: null };
    lines.set(host, line);
    return line;
  };

  return {
    take(host, work) {
      const line = lineOf(host);
      const turn = line.last.then(() => {
        signal.throwIfAborted();
        return work();
      });
      line.last = turn
        .catch(() => undefined)
        .then(() => wait(line.pause, undefined, { signal }).catch(() => undefined));
      return turn;
    },
    slowDown(host, longer) {
      const line = lineOf(host);
      line.pause = Math.max(line.pause, longer);
    },
    closedBecause: (host) => lineOf(host).closed,
    close(host, because) {
      lineOf(host).closed = because;
    },
    note(host, hasAnswered) {
      const line = lineOf(host);
      line.missed = hasAnswered ? 0 : line.missed + 1;
      if (line.missed >= patience) line.closed = 'it did not answer several times in a row';
    },
  };
}
