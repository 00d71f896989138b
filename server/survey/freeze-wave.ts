// Freezes a closed wave: its export is written once, and nothing that is edited later reaches it.
import type { Wave } from '../domain/records.ts';
import { readChanges } from '../store/changes.ts';
import { readDirectoryRecords } from '../store/directory-records.ts';
import { addFrozenWave } from '../store/frozen-waves.ts';
import type { Store } from '../store/store.ts';
import { toExportCsv, toExportJson, toWaveExport } from './wave-export.ts';

/**
 * Safe to repeat: a wave that is frozen stays as it is. A wave known by its totals alone has nothing to freeze.
 * @returns whether it was frozen now
 */
export async function freezeWave(store: Store, slug: string, now: Date): Promise<boolean> {
  const records = await readDirectoryRecords(store);
  const wave = records.waves.find((one) => one.slug === slug);
  const isFrozen = records.frozenWaves.some((one) => one.wave === slug);
  if (!wave || isFrozen || !canBeFrozen(wave)) return false;
  const closedAt = (await findClosing(store, slug)) ?? now.toISOString();
  const exported = toWaveExport({ ...records, wave, closedAt });
  const frozen = { wave: slug, json: toExportJson(exported), csv: toExportCsv(exported) };
  return addFrozenWave(store, frozen, now);
}

const canBeFrozen = ({ state, aggregate }: Wave): boolean =>
  state === 'closed' && aggregate === null;

/** When the wave was closed, as the change log has it. */
async function findClosing(store: Store, slug: string): Promise<string | undefined> {
  const changes = await readChanges(store, { record: 'wave', slug, limit: 100 });
  return changes.find(({ field, after }) => field === 'state' && after === 'closed')?.at;
}
