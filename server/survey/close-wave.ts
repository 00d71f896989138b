// Closes a wave for ever and freezes its export. An answer that is being filed is either in it, or comes after
// the closing and is told so.
import { setTimeout as pause } from 'node:timers/promises';
import type { Wave } from '../domain/records.ts';
import { conflict } from '../errors.ts';
import type { Services } from '../services.ts';
import { dropWaitingMails } from '../store/mail-queue.ts';
import { changeWave } from '../store/wave-steps.ts';
import type { Writer } from '../store/writer.ts';
import { findWave } from './find-wave.ts';
import { freezeWave } from './freeze-wave.ts';
import { inTurn } from './in-turn.ts';

/** How long an answer that another process has begun to file may take to be written. */
const othersNeedMs = 2_000;

/**
 * Safe to repeat: a closed wave that was not frozen yet is frozen.
 * @param options.amongOthers true where another process may be filing an answer at this moment: then it waits for
 *   that answer between closing and freezing
 * @throws Problem (not found, or conflict for a draft)
 */
export async function closeWave(
  { store }: Pick<Services, 'store'>,
  slug: string,
  writer: Writer,
  { amongOthers = !store.embedded }: { readonly amongOthers?: boolean } = {},
): Promise<Wave> {
  return inTurn(`wave ${slug}`, async () => {
    const wave = await findWave(store, slug);
    if (wave.state === 'draft') throw conflict(`${wave.name} was never opened.`);
    if (wave.state === 'open') {
      await changeWave(store, wave, { state: 'closed' }, writer);
      if (amongOthers) await pause(othersNeedMs);
    }
    await freezeWave(store, slug, writer.now);
    await dropWaitingMails(store, slug, writer.now);
    return { ...wave, state: 'closed' };
  });
}
