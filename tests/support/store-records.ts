// Puts a test's own records into a real store, as one step.
import type { DirectoryRecords } from '../../server/domain/records.ts';
import { putRecords } from '../../server/store/put-records.ts';
import type { Store } from '../../server/store/store.ts';
import { programWriter } from '../../server/store/writer.ts';

export async function storeRecords(
  store: Store,
  { revision: _, ...records }: Partial<DirectoryRecords>,
  now: Date,
): Promise<void> {
  await putRecords(store, records, programWriter('seed', now));
}
