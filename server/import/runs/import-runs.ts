// The imports of this process: one file is read or compared at a time, and one import written or taken back. What a
// stop interrupts is taken up at the next start.
import { setTimeout as wait } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { Logger } from 'pino';
import type { Config } from '../../config.ts';
import type { CurrentDirectory } from '../../directory/directory.ts';
import type { Gazetteer } from '../../directory/places/places.ts';
import { findBatch, readUnfinished } from '../../store/import-batches.ts';
import {
  findUpload,
  type ImportUpload,
  readUploads,
  removeUpload,
  reopenUpload,
} from '../../store/import-uploads.ts';
import type { Store } from '../../store/store.ts';
import { findPreview, type Preview } from './rows-file.ts';
import { hasThread, runInThread } from './run-in-thread.ts';
import { runTask, type Task, type TaskOutcome } from './tasks.ts';
import { removeFiles, uploadFolder } from './upload-files.ts';

export type Previewed =
  | { readonly kind: 'ready'; readonly preview: Preview }
  /** It is being made. */
  | { readonly kind: 'later' }
  | { readonly kind: 'refused'; readonly message: string };

export interface ImportRuns {
  readonly folder: string;
  /** Reads a file that was just uploaded. */
  read(id: string, fileName: string): Promise<TaskOutcome>;
  /** The preview beside the directory as it is now; made if there is none. Waits a moment for it, not longer. */
  preview(upload: ImportUpload): Promise<Previewed>;
  /** Plans and writes an accepted upload, beside the requests. */
  accept(upload: ImportUpload): void;
  /** Goes on with an import that was cut off. */
  goOn(batch: string): void;
  undo(batch: string): void;
  /** Whether this process works on the import of this name. */
  isWorkingOn(batch: string): boolean;
  /** Takes up what a stop interrupted. */
  finish(): Promise<void>;
  /** When nothing is being written any more. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** How long a page waits for a preview before it says that it is being made, milliseconds. */
const moment = 2_000;
/** An import in the hands of a process that went away is free after half a minute. */
const triesMs = 5_000;
const tries = 10;

interface Given {
  readonly config: Config;
  readonly store: Store;
  readonly places: Gazetteer;
  readonly directory: CurrentDirectory;
  readonly clock: () => Date;
  readonly log: Logger;
}

export function openImportRuns(given: Given): ImportRuns {
  const { config, store, places, directory, clock, log } = given;
  const { reachMiles } = config;
  const folder = uploadFolder(config.dataDir);
  const closing = new AbortController();
  const { signal } = closing;
  const [looking, writing] = [pLimit(1), pLimit(1)];
  const previews = new Map<string, Promise<Previewed>>();
  const working = new Map<string, Promise<void>>();

  const run = (task: Task): Promise<TaskOutcome> => {
    if (hasThread()) {
      const { uri, description, embedded } = store;
      const joined = { uri, description, embedded };
      return runInThread({ task, store: joined, folder, reachMiles }, signal);
    }
    const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    const alone = { store, folder, reachMiles, clock, pause, signal };
    return runTask(task, { ...alone, places: async () => places });
  };

  async function makePreview(upload: ImportUpload): Promise<Previewed> {
    const outcome = await looking(() => run({ kind: 'preview', upload }));
    if (outcome.kind === 'refused') return outcome;
    const preview = await findPreview(folder, upload.id);
    return preview ? { kind: 'ready', preview } : { kind: 'later' };
  }

  async function untilDone(task: Task): Promise<TaskOutcome> {
    for (let left = tries; ; left -= 1) {
      const outcome = await run(task);
      if (outcome.kind !== 'not-now' || left === 0 || signal.aborted) return outcome;
      await wait(triesMs, undefined, { ref: false, signal }).catch(() => undefined);
    }
  }

  async function settleAccepted(upload: ImportUpload, outcome: TaskOutcome): Promise<void> {
    if (outcome.kind === 'refused') await reopenUpload(store, upload.id, outcome.message);
    if (outcome.kind !== 'done') return;
    await removeUpload(store, upload.id);
    await removeFiles(folder, upload.id);
  }

  /** Errors end here: nobody waits for the outcome. An import that was planned goes on at the next start. */
  async function fail(task: Task, batch: string, error: unknown): Promise<void> {
    log.error({ err: error, batch, task: task.kind }, 'an import was cut off');
    if (task.kind !== 'accept' || (await findBatch(store, batch))) return;
    const words = 'It could not be applied, and nothing was written. Try again; the log says more.';
    await reopenUpload(store, task.upload.id, words);
  }

  function begin(task: Task, batch: string): void {
    if (working.has(batch)) return;
    const work = writing(async () => {
      if (signal.aborted) return;
      const outcome = await untilDone(task);
      if (task.kind === 'accept') await settleAccepted(task.upload, outcome);
      await directory.refresh();
    })
      .catch((error: unknown) => fail(task, batch, error))
      .catch((error: unknown) => log.error({ err: error, batch }, 'an import was cut off'))
      .finally(() => working.delete(batch));
    working.set(batch, work);
  }

  const settled = async (): Promise<void> => {
    while (working.size > 0) await Promise.all(working.values());
  };

  return {
    folder,
    read: (id, fileName) => looking(() => run({ kind: 'read', id, fileName })),
    async preview(upload) {
      const known = await findPreview(folder, upload.id);
      const isFresh = known && known.revision >= directory.current().revision;
      if (isFresh) return { kind: 'ready', preview: known };
      const making =
        previews.get(upload.id) ?? makePreview(upload).finally(() => previews.delete(upload.id));
      previews.set(upload.id, making);
      // Whoever waits hears of a failure; when nobody does, the next one who asks will.
      making.catch((error: unknown) => log.error({ err: error }, 'a preview could not be made'));
      const later = wait(moment, { kind: 'later' } as const, { ref: false });
      return Promise.race([making, later]);
    },
    accept: (upload) => begin({ kind: 'accept', upload }, String(upload.batch)),
    goOn: (batch) => begin({ kind: 'apply', batch }, batch),
    undo: (batch) => begin({ kind: 'undo', batch }, batch),
    isWorkingOn: (batch) => working.has(batch),
    async finish() {
      for (const { id } of await readUploads(store, 'accepted')) {
        const upload = await findUpload(store, id);
        if (upload?.batch) begin({ kind: 'accept', upload }, upload.batch);
      }
      for (const { name, state } of await readUnfinished(store)) {
        if (working.has(name)) continue;
        begin({ kind: state === 'undoing' ? 'undo' : 'apply', batch: name }, name);
      }
      await settled();
    },
    settled,
    async close() {
      closing.abort();
      await Promise.all([settled(), ...[...previews.values()].map((one) => one.catch(() => null))]);
    },
  };
}
