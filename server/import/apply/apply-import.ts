// Applies a planned import chunk by chunk, and goes on where a process that went away stopped. Readers see nothing of
// it before the end: store/unfinished-imports.ts hides what is half done, and the revision goes up once.
import { randomUUID } from 'node:crypto';
import {
  type BatchHold,
  batchOrigins,
  endBatch,
  findBatch,
  type ImportBatch,
  keepBatch,
  readChunk,
  takeBatch,
} from '../../store/import-batches.ts';
import { raiseRevision } from '../../store/revision.ts';
import type { Store } from '../../store/store.ts';
import { type ChunkPlace, openSteps, writeSteps } from '../../store/write-steps.ts';

/** How long others keep away from an import of which nothing is heard, milliseconds. */
export const lease = 30_000;

export interface Work {
  readonly store: Store;
  readonly clock: () => Date;
  /** Who undoes it; left out, whoever began it. */
  readonly by?: string | null;
  /** Told after each chunk: so many more records. */
  readonly onStep?: (records: number) => void;
  /** Ends the work after the chunk in hand; it can be taken up again. */
  readonly signal?: AbortSignal;
}

export type Applied =
  | { readonly kind: 'done'; readonly batch: ImportBatch }
  | { readonly kind: 'stopped'; readonly batch: ImportBatch }
  /** Of a merge: records were changed since it was planned. It is done as a whole or not at all. */
  | { readonly kind: 'conflict'; readonly batch: ImportBatch; readonly records: readonly string[] }
  /** Somebody else works on it, or it is in no state to be applied. */
  | { readonly kind: 'not-now'; readonly batch: ImportBatch | undefined };

export async function applyImport(work: Work, name: string): Promise<Applied> {
  const { store, clock, onStep, signal } = work;
  const hold = holdOf(name, clock);
  const known = await findBatch(store, name);
  if (known?.state === 'done') return { kind: 'done', batch: known };
  const from = ['planned', 'applying', 'settling'] as const;
  const isTaken = await takeBatch(store, hold(), clock(), from, 'applying');
  const batch = await findBatch(store, name);
  if (!isTaken || !batch) return { kind: 'not-now', batch };

  const writer = {
    by: batch.by,
    origin: batchOrigins[batch.kind],
    batch: name,
    now: new Date(batch.at),
  };
  const isAgain = known?.state !== 'planned';
  const isWhole = batch.kind === 'merge';
  const placeOf = (number: number): ChunkPlace => ({
    number,
    isAgain: isAgain && number === batch.chunksDone,
    isWhole,
  });
  const chunks = readAhead(batch.chunksDone, batch.chunks, async (number) => {
    const steps = await readChunk(store, name, number);
    return { number, count: steps.length, ...(await openSteps(store, steps, placeOf(number))) };
  });
  for await (const { number, count, skipped, ...open } of chunks) {
    if (signal?.aborted) return { kind: 'stopped', batch: await letGo(store, hold(), 'applying') };
    if (isWhole && skipped.length > 0) {
      const left = await letGo(store, hold(), 'applying');
      return { kind: 'conflict', batch: left, records: skipped };
    }
    await writeSteps(store, open, writer, placeOf(number));
    if (!(await keepBatch(store, hold(), { chunksDone: number + 1, skipped }))) {
      return { kind: 'not-now', batch };
    }
    onStep?.(count);
  }
  await keepBatch(store, hold(), { state: 'settling' });
  if (batch.steps > 0) await raiseRevision(store);
  return { kind: 'done', batch: await letGo(store, hold(), 'done') };
}

/** Each of them in turn; while the caller works on one, the next is made ready. */
async function* readAhead<One>(
  from: number,
  to: number,
  read: (number: number) => Promise<One>,
): AsyncGenerator<One> {
  let next = from < to ? read(from) : undefined;
  for (let number = from; next; number += 1) {
    const one = await next;
    next = number + 1 < to ? read(number + 1) : undefined;
    // Where the caller ends early, nobody waits for it; where it is waited for, it fails there.
    next?.catch(() => undefined);
    yield one;
  }
}

/** One pair of hands, held anew with each call. */
export function holdOf(name: string, clock: () => Date): () => BatchHold {
  const heldBy = randomUUID();
  return () => ({ name, heldBy, heldUntil: new Date(clock().getTime() + lease) });
}

export async function letGo(
  store: Store,
  hold: BatchHold,
  state: ImportBatch['state'],
): Promise<ImportBatch> {
  await endBatch(store, hold, state);
  const batch = await findBatch(store, hold.name);
  if (!batch) throw new Error(`The import ${hold.name} is not in the store any more.`);
  return batch;
}
