// Keeps the outreach items in step with the directory for as long as the program runs: at the start, and soon after
// each change. Several changes in a row are followed once.
import type { CurrentDirectory } from '../directory/directory.ts';
import type { Store } from '../store/store.ts';
import { syncOutreach } from './sync-outreach.ts';

export interface OutreachKeeper {
  /** Resolves when the items follow the snapshot that is served now; pages about outreach wait for it. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** How long to wait for further changes, milliseconds. */
const defaultDelay = 200;

export function keepOutreach(options: {
  readonly store: Store;
  readonly directory: CurrentDirectory;
  readonly clock: () => Date;
  readonly log: { warn(details: object, message: string): void };
  readonly delayMs?: number;
}): OutreachKeeper {
  const { store, directory, clock, log, delayMs = defaultDelay } = options;
  let isBehind = true;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const follow = async (): Promise<void> => {
    if (!isBehind || isClosed) return;
    isBehind = false;
    try {
      await syncOutreach(store, directory.current(), clock());
    } catch (error) {
      isBehind = true;
      throw error;
    }
  };
  /** One after the other, so that a change during a run is followed by the next. */
  const run = (): Promise<void> => {
    clearTimeout(timer);
    const mine = running.then(follow);
    running = mine.catch(() => undefined);
    return mine;
  };
  const schedule = (): void => {
    clearTimeout(timer);
    if (isClosed) return;
    timer = setTimeout(() => {
      run().catch((error: unknown) => {
        if (!isClosed)
          log.warn({ err: error }, 'The outreach items could not follow the directory');
      });
    }, delayMs);
    timer.unref();
  };
  const stopListening = directory.onChange(() => {
    isBehind = true;
    schedule();
  });
  schedule();

  return {
    settled: run,
    async close() {
      isClosed = true;
      stopListening();
      clearTimeout(timer);
      await running;
    },
  };
}
