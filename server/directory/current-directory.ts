// Holds the snapshot that requests are answered from, and replaces it: after a write of this process at once,
// after another's within a second, and when a new day begins. Building it is left to build-directory.ts.
import { setImmediate as pause } from 'node:timers/promises';
import { type Day, dayOf } from '../domain/dates.ts';
import type { RuleSettings } from '../domain/reach.ts';
import type { DirectoryRecords } from '../domain/records.ts';
import { buildInSteps } from './build-directory.ts';
import type { CurrentDirectory, Directory } from './directory.ts';

export interface DirectorySource {
  /** Reads every record of one revision. */
  readonly read: () => Promise<DirectoryRecords>;
  /** Reads the revision alone; asked once per poll. */
  readonly readRevision: () => Promise<number>;
  readonly settings: RuleSettings;
  readonly clock: () => Date;
  readonly log: { warn(details: object, message: string): void };
  /** How often another process's writes are looked for, milliseconds; 0 never looks. */
  readonly pollMs?: number;
}

/** "Other processes notice within a second", with room for the reading itself. */
const defaultPollMs = 700;

/**
 * Reads the store, builds the first snapshot and keeps it current until closed.
 * @throws whatever the first read throws; later failures keep the old snapshot and are logged once per streak
 */
export async function openDirectory(source: DirectorySource): Promise<CurrentDirectory> {
  const { clock, log, pollMs = defaultPollMs } = source;
  const listeners = new Set<(directory: Directory) => void>();

  let lastBuildMs = 0;
  const build = async (before?: Directory): Promise<Directory> => {
    const began = performance.now();
    const records = await source.read();
    const now = clock();
    const steps = buildInSteps(records, source.settings, dayOf(now), now.toISOString(), before);
    for (;;) {
      const step = steps.next();
      if (step.done) {
        lastBuildMs = performance.now() - began;
        return step.value;
      }
      // Whoever asks meanwhile is answered from the snapshot before.
      await pause();
    }
  };
  let current = await build();
  let closed = false;

  const replace = async (): Promise<Directory> => {
    const next = await build(current);
    if (closed) return current;
    current = next;
    for (const listener of listeners) {
      try {
        listener(current);
      } catch (error) {
        log.warn({ err: error }, 'A listener of the directory failed');
      }
    }
    return current;
  };

  let running: Promise<Directory> | null = null;
  let waiting: Promise<Directory> | null = null;
  const start = (): Promise<Directory> => {
    const run = replace().finally(() => {
      if (running === run) running = null;
    });
    running = run;
    return run;
  };
  // A refresh that is under way may have read before the caller's write: all who ask meanwhile share the next one.
  const refresh = (): Promise<Directory> => {
    if (!running) return start();
    waiting ??= running
      .catch(() => undefined)
      .then(() => {
        waiting = null;
        return start();
      });
    return waiting;
  };

  const isStale = async (): Promise<boolean> => {
    const today: Day = dayOf(clock());
    return today !== current.today || (await source.readRevision()) !== current.revision;
  };
  let failing = false;
  let polling: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const poll = async (): Promise<void> => {
    try {
      if (await isStale()) await refresh();
      failing = false;
    } catch (error) {
      if (!failing && !closed) {
        log.warn({ err: error }, 'The directory could not be read; the last snapshot stays');
      }
      failing = true;
    }
    schedule();
  };
  const schedule = (): void => {
    if (closed || pollMs <= 0) return;
    timer = setTimeout(() => {
      polling = poll();
    }, pollMs);
    timer.unref();
  };
  schedule();

  return {
    current: () => current,
    lastBuildMs: () => lastBuildMs,
    refresh,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await polling;
      await running?.catch(() => undefined);
      listeners.clear();
    },
  };
}
