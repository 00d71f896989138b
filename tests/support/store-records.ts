// Puts a test's own records into a real store, as one step.
import type { DirectoryRecords } from '../../server/domain/records.ts';
import { addFrozenWave } from '../../server/store/frozen-waves.ts';
import { keepChecks } from '../../server/store/group-checks.ts';
import { putRecords } from '../../server/store/put-records.ts';
import type { Store } from '../../server/store/store.ts';
import { appendVerdict } from '../../server/store/verdicts.ts';
import { programWriter } from '../../server/store/writer.ts';

export async function storeRecords(
  store: Store,
  {
    revision: _,
    checks = [],
    verdicts = [],
    frozenWaves = [],
    ...records
  }: Partial<DirectoryRecords>,
  now: Date,
): Promise<void> {
  const writer = programWriter('seed', now);
  await putRecords(store, records, writer);
  await keepChecks(
    store,
    checks.map((check) => ({
      ...check,
      failures: check.failingSince ? 1 : 0,
      readAt: null,
      validators: null,
      days: [],
      page: null,
      leads: [],
    })),
    now,
  );
  for (const { id: _id, by: _by, createdAt: _at, ...verdict } of verdicts) {
    await appendVerdict(store, verdict, writer);
  }
  for (const { at, ...frozen } of frozenWaves) await addFrozenWave(store, frozen, new Date(at));
}
