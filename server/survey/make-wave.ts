// Makes a new wave of the survey as a draft. Nobody is asked before it is opened.
import { dayOf } from '../domain/dates.ts';
import type { Wave } from '../domain/records.ts';
import { conflict } from '../errors.ts';
import type { Services } from '../services.ts';
import { addWave } from '../store/wave-steps.ts';
import type { Writer } from '../store/writer.ts';
import type { WavePlan } from './wave-plan.ts';

/** More than this in one month is a mistake somewhere else. */
const mostInOneMonth = 50;

/**
 * Makes the draft of a checked plan. Its slug is the month of its opening day, `2026-07`; where that is taken,
 * `2026-07-2` and so on.
 */
export async function makeWave(
  { store }: Pick<Services, 'store'>,
  plan: WavePlan,
  writer: Writer,
): Promise<Wave> {
  const month = plan.opens.slice(0, 7);
  for (let count = 1; count <= mostInOneMonth; count += 1) {
    const wave: Wave = {
      ...plan,
      slug: count === 1 ? month : `${month}-${count}`,
      state: 'draft',
      asked: [],
      aggregate: null,
      source: {
        note: 'Asked by NNIP through Crosswalk.',
        url: null,
        date: dayOf(writer.now),
        verified: true,
      },
    };
    if (await addWave(store, wave, writer)) return wave;
  }
  throw conflict(`There are ${mostInOneMonth} waves in this month already.`);
}
