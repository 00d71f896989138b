// Brings the outreach items in step with the gaps: "every open gap has exactly one open item".
// Safe to repeat, and for two processes at once; when it is run is keep-outreach.ts.
import { setImmediate as pause } from 'node:timers/promises';
import type { CityEntry, Directory } from '../directory/directory.ts';
import { factChange, type OutreachItem } from '../domain/outreach.ts';
import { readRevision } from '../store/directory-records.ts';
import { closeOutreach, noteFacts, openOutreach, readOpenOutreach } from '../store/outreach.ts';
import type { Store } from '../store/store.ts';
import { closeReasonOf, factChangeInWords, gapFactsOf } from './gap-facts.ts';

/**
 * Opens an item for each gap that has none, closes those whose gap is gone, and notes in the others what changed.
 * Does nothing when the store has moved on since this snapshot was read: whoever reads it next does it then.
 * @returns whether the items are in step with this snapshot
 */
export async function syncOutreach(
  store: Store,
  directory: Directory,
  now: Date,
): Promise<boolean> {
  if ((await readRevision(store)) !== directory.revision) return false;
  const items = await readOpenOutreach(store);
  const known = new Set(items.map(({ city }) => city));
  await openOutreach(
    store,
    directory.cities.flatMap((city) => {
      const facts = known.has(city.slug) ? null : gapFactsOf(city);
      return facts ? [{ city: city.slug, facts }] : [];
    }),
    now,
  );
  for (const item of items) {
    await followUp(store, directory, item, now);
    // A city may have thousands of groups in reach: whoever reads is answered in between.
    await pause();
  }
  return true;
}

async function followUp(
  store: Store,
  directory: Directory,
  item: OutreachItem,
  now: Date,
): Promise<void> {
  const city: CityEntry | undefined = directory.findCity(item.city);
  const facts = city ? gapFactsOf(city) : null;
  if (!city || !facts) {
    return closeOutreach(store, item.id, { reason: closeReasonOf(city), now });
  }
  const change = factChange(item.facts, facts);
  if (change) {
    const text = factChangeInWords(directory, city, change);
    await noteFacts(store, item, { facts, text, now });
  }
}
