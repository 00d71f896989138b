// The work queue of staff: everything that waits for somebody, from every source, the most urgent first.
// A new kind of thing to do is one more source in the list.
import { readSnoozes } from '../../store/snoozes.ts';
import { disputedReports } from './disputed-reports.ts';
import { gapsWithoutOwner } from './gaps-without-owner.ts';
import { importsWaiting } from './imports-waiting.ts';
import { mailProblems } from './mail-problems.ts';
import { newSuggestions } from './new-suggestions.ts';
import { nextDates } from './next-dates.ts';
import { returnedGroups } from './returned-groups.ts';
import { silentGroups } from './silent-groups.ts';
import type { QueueContext, QueueItem } from './source.ts';
import { stuckIntroductions } from './stuck-introductions.ts';
import { unansweredInvitations } from './unanswered-invitations.ts';

export const queueSources = [
  nextDates,
  mailProblems,
  unansweredInvitations,
  disputedReports,
  newSuggestions,
  returnedGroups,
  silentGroups,
  stuckIntroductions,
  importsWaiting,
  gapsWithoutOwner,
] as const;

export interface QueuedItem extends QueueItem {
  readonly kind: string;
  readonly kindLabel: string;
  /** The day on which it is shown again; null where it is not snoozed. */
  readonly snoozedUntil: string | null;
}

/** By due day, then in the order of the sources, then by title. */
export async function readQueue(context: QueueContext): Promise<readonly QueuedItem[]> {
  const [snoozes, ...found] = await Promise.all([
    readSnoozes(context.store, context.today),
    ...queueSources.map(async ({ kind, label, read }) =>
      (await read(context)).map((item) => ({ ...item, kind, kindLabel: label })),
    ),
  ]);
  return found
    .flat()
    .map((item) => ({ ...item, snoozedUntil: snoozes.get(item.key) ?? null }))
    .sort((one, other) => (one.due < other.due ? -1 : one.due > other.due ? 1 : 0));
}
