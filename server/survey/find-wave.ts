// Finds the wave that a step is about, as the store has it at this moment.
import type { Wave } from '../domain/records.ts';
import { notFound } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { findStoredWave } from '../store/wave-steps.ts';

/** @throws Problem (not found) when there is no such wave. */
export async function findWave(store: Store, slug: string): Promise<Wave> {
  const wave = await findStoredWave(store, slug);
  if (!wave) throw notFound(`There is no survey wave “${slug.slice(0, 40)}”.`);
  return wave;
}
