// Opens a draft: from now on the wave asks every partner that is not former, and takes answers.
// The mails follow from it (invite-partners.ts), so that a stop in between loses none.
import { dayOf } from '../domain/dates.ts';
import type { Wave } from '../domain/records.ts';
import { conflict } from '../errors.ts';
import type { Services } from '../services.ts';
import { readPartners } from '../store/partners.ts';
import type { Store } from '../store/store.ts';
import { changeWave } from '../store/wave-steps.ts';
import { readWaves } from '../store/waves.ts';
import type { Writer } from '../store/writer.ts';
import { findWave } from './find-wave.ts';
import { partnersOf } from './wave-progress.ts';

/**
 * Opens the wave in one write; today becomes its opening day. An open one stays as it is, so that two people
 * who open it at the same moment both succeed.
 * @throws Problem (conflict) when it is closed, another wave is open, its closing day is over, or nobody is to be asked
 */
export async function openWave(
  { store }: Pick<Services, 'store'>,
  slug: string,
  writer: Writer,
): Promise<Wave> {
  const wave = await findWave(store, slug);
  if (wave.state === 'open') return wave;
  if (wave.state === 'closed') throw conflict(`${wave.name} is closed, and stays closed.`);
  const today = dayOf(writer.now);
  if (wave.closes < today) {
    throw conflict(`The closing day of ${wave.name} is over. Set a later one, then open it.`);
  }
  const asked = partnersOf(wave, await readPartners(store)).map((partner) => partner.slug);
  if (asked.length === 0) throw conflict('There is no partner to ask.');
  await refuseBesideOpenWave(store, slug);
  const step = await changeWave(store, wave, { state: 'open', opens: today, asked }, writer);
  if (step === 'another-is-open') await refuseBesideOpenWave(store, slug);
  const now = await findWave(store, slug);
  if (now.state !== 'open') throw conflict(`${now.name} could not be opened. Look at it again.`);
  return now;
}

async function refuseBesideOpenWave(store: Store, slug: string): Promise<void> {
  const other = (await readWaves(store)).find((one) => one.state === 'open' && one.slug !== slug);
  if (other) {
    throw conflict(`${other.name} is open. Close it first: only one wave is open at a time.`);
  }
}
