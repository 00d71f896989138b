// Notes what a group says of a report about it. The report stays as it is; the newest verdict of the group counts.
import { randomUUID } from 'node:crypto';
import { newestVerdict } from '../domain/standing.ts';
import type { Services } from '../services.ts';
import { appendVerdict, type NewVerdict, readVerdicts } from '../store/verdicts.ts';
import { inTurn } from './in-turn.ts';

/** Saying the same again adds nothing. */
export async function giveVerdict(
  { store, directory, clock }: Pick<Services, 'store' | 'directory' | 'clock'>,
  said: NewVerdict,
  by: string | null,
): Promise<void> {
  await inTurn(`verdicts on ${said.report}`, async () => {
    const last = newestVerdict(said.report, said.group, await readVerdicts(store));
    if (last && last.verdict === said.verdict && last.note === said.note) return;
    // Later than the one before it, so that which one is newest is never in doubt.
    const now = new Date(Math.max(clock().getTime(), last ? Date.parse(last.createdAt) + 1 : 0));
    await appendVerdict(store, said, { by, origin: 'web', batch: randomUUID(), now });
  });
  await directory.refresh();
}
