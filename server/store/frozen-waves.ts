// Frozen waves in the store: added once, read, and nothing else.
import { type FrozenWaveRecord, frozenWaveModel } from '../../models/frozen-wave.ts';
import type { FrozenWave } from '../domain/records.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { toTimestamp } from './mapping.ts';
import { raiseRevision } from './revision.ts';
import type { Store } from './store.ts';

/** All of them, by wave. */
export async function readFrozenWaves(store: Store): Promise<FrozenWave[]> {
  const records = await frozenWaveModel(store.connection)
    .find()
    .sort({ wave: 1 })
    .lean<FrozenWaveRecord[]>();
  return records.map(({ wave, at, json, csv }) => ({ wave, at: toTimestamp(at), json, csv }));
}

/** Freezes a wave. False when it was frozen before: then the older one stays as it is. */
export async function addFrozenWave(
  store: Store,
  frozen: Omit<FrozenWave, 'at'>,
  now: Date,
): Promise<boolean> {
  try {
    await frozenWaveModel(store.connection).create({
      ...frozen,
      at: now,
      createdAt: now,
      updatedAt: now,
    });
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
  await raiseRevision(store);
  return true;
}
