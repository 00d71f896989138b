// Documents that end: an index with expireAfterSeconds deletes what its date has left behind.
import { toDoc } from '../bson/bson.ts';
import { kinds } from '../bson/compare.ts';
import { after, inverted, valueKey } from '../bson/key.ts';
import type { StoreFile } from '../file.ts';
import { valuesAt } from '../meaning/paths.ts';
import type { Catalog } from './catalog.ts';
import { type Collection, deleteDoc, type Range, scanIndex } from './collection.ts';
import type { Index } from './index-entries.ts';

/** One transaction deletes at most so many, so that others need not wait long. */
const atOnce = 1000;

/** All dates up to the limit, in an index of either direction. */
function expiredRange(index: Index, limit: Date): Range {
  const up = index.fields[0]?.direction === 1;
  const first = Buffer.from([kinds.date]);
  const end = after(valueKey(limit));
  if (up) return { low: first, high: end };
  return { low: inverted(valueKey(limit)), high: after(inverted(first)) };
}

function expired(file: StoreFile, collection: Collection, index: Index, limit: Date): number[] {
  const rows: number[] = [];
  for (const { row, bytes } of scanIndex(
    file,
    collection,
    index,
    expiredRange(index, limit),
    false,
  )) {
    const dates = valuesAt(toDoc(bytes), index.fields[0]?.parts ?? []).filter(
      (value) => value instanceof Date,
    );
    if (dates.some((date) => date.getTime() <= limit.getTime())) rows.push(row);
    if (rows.length === atOnce) break;
  }
  return rows;
}

/** Deletes what has expired by now; returns how many documents. */
export function sweepExpired(
  file: StoreFile,
  catalog: Catalog,
  write: <T>(work: () => T) => T,
  now: Date,
): number {
  let deleted = 0;
  for (const collection of catalog.all()) {
    for (const index of collection.indexes) {
      const seconds = index.spec.expireAfterSeconds;
      if (seconds === undefined) continue;
      const limit = new Date(now.getTime() - Number(seconds) * 1000);
      for (;;) {
        const rows = expired(file, collection, index, limit);
        if (rows.length === 0) break;
        write(() => {
          const read = file.prepare(`SELECT body FROM ${collection.table} WHERE row = ?`);
          for (const row of rows) {
            const [body] = read.get(row) ?? [];
            if (body instanceof Buffer) deleteDoc(file, collection, row, toDoc(body));
          }
        });
        deleted += rows.length;
      }
    }
  }
  return deleted;
}
