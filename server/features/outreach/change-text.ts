// What stands in the log when staff change the plan of an item.
import type { OutreachPlan } from '../../domain/outreach.ts';
import { personLabel } from '../../outreach/gap-rows.ts';
import { stageLabel } from '../../outreach/outreach-words.ts';
import type { Person } from '../../store/people.ts';
import { formatDate } from '../../web/format.ts';

export const assignedText = (owner: Person | null): string =>
  `Owner: ${owner ? personLabel(owner) : 'nobody'}.`;

/** One sentence for each field that differs; '' where none does. */
export function planChangeText(
  before: OutreachPlan,
  after: OutreachPlan,
  staff: readonly Person[],
): string {
  const owner = staff.find(({ id }) => id === after.owner) ?? null;
  return [
    before.owner === after.owner ? '' : assignedText(owner),
    before.stage === after.stage
      ? ''
      : `Stage: ${stageLabel(after.stage)}, before ${stageLabel(before.stage)}.`,
    before.nextDate === after.nextDate
      ? ''
      : `Next date: ${after.nextDate ? formatDate(after.nextDate) : 'none'}.`,
  ]
    .filter((text) => text !== '')
    .join(' ');
}
