// Fills a store that is built aside, and reads it again: only what says the same both ways may take a place.
import type { Replacement } from '../store/whole/replacement.ts';
import { firstDifference, type Tallies, tallySnapshot } from '../store/whole/tally.ts';
import type { StoredDocument } from './read-backup.ts';

/** One step of filling holds at most so many documents, and about so many bytes. */
const mostDocuments = 500;
const mostBytes = 8_000_000;

/** The documents come collection by collection. */
export async function fill<End>(
  replacement: Replacement,
  documents: AsyncIterator<StoredDocument, End>,
  onStep: (documents: number) => void = () => undefined,
): Promise<End> {
  let collection = '';
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  const put = async (): Promise<void> => {
    if (waiting.length > 0) await replacement.put(collection, waiting);
    onStep(waiting.length);
    waiting = [];
    bytes = 0;
  };
  for (;;) {
    const next = await documents.next();
    if (next.done) {
      await put();
      return next.value;
    }
    const one = next.value;
    const isFull = waiting.length >= mostDocuments || bytes + one.bytes.length > mostBytes;
    if (one.collection !== collection || isFull) await put();
    collection = one.collection;
    waiting.push(one.bytes);
    bytes += one.bytes.length;
  }
}

/** What was filled does not read back as it was written: it did not take the place of anything. */
export class NotTheSame extends Error {}

/** @throws NotTheSame */
export async function holdTo(replacement: Replacement, wanted: Tallies): Promise<void> {
  const built = await replacement.built();
  try {
    const different = firstDifference(await tallySnapshot(built), wanted);
    if (different === undefined) return;
    throw new NotTheSame(
      `The new store does not say of “${different}” what it was given, by count or checksum. Nothing was replaced.`,
    );
  } finally {
    await built.close();
  }
}
