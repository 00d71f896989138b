// Changes the plan of a wave: all of a draft; of an open wave the closing day and the introduction.
import { conflict } from '../errors.ts';
import type { Services } from '../services.ts';
import { changeWave } from '../store/wave-steps.ts';
import type { Writer } from '../store/writer.ts';
import { findWave } from './find-wave.ts';
import { changeable, type WavePlan } from './wave-plan.ts';

/** @throws Problem (not found, or conflict when the wave is closed or was opened in between). */
export async function editWave(
  { store }: Pick<Services, 'store'>,
  slug: string,
  plan: WavePlan,
  writer: Writer,
): Promise<void> {
  const wave = await findWave(store, slug);
  const fields = changeable[wave.state];
  if (fields.length === 0) throw conflict(`${wave.name} is closed: it stays as it is.`);
  const changed = Object.fromEntries(fields.map((field) => [field, plan[field]]));
  if ((await changeWave(store, wave, changed, writer)) !== 'changed') {
    throw conflict(`${wave.name} was changed, opened or closed meanwhile. Look at it again first.`);
  }
}
