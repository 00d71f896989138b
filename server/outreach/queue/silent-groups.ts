// To do: a group that missed its last request to confirm, or that two missed ones closed lately. It leaves with a sign
// of life or the next request, and a closed one after a month. Groups whose address nobody knows are no items here:
// the list /staff/still-here has them.
import { addDays } from '../../domain/dates.ts';
import { closedReason, hasSignSince } from '../../domain/still-here.ts';
import { groupEditPath } from '../../paths.ts';
import { type Confirmation, readConfirmations } from '../../store/confirmations.ts';
import { formatDate } from '../../web/format.ts';
import { ownerOf, type QueueItem, type QueueSource } from './source.ts';

/** Two weeks to call somebody. */
const patience = 14;
/** A closing is worth a look for so many days. */
const lately = 30;

const missedNote = (askedAt: string): string =>
  `Asked on ${formatDate(askedAt.slice(0, 10))} whether it is still there, and reminded: no answer. Missing the next one too closes it.`;

const closedNote = (date: string): string =>
  `Closed on ${formatDate(date)}, because ${closedReason}. Is that right?`;

export const silentGroups: QueueSource = {
  kind: 'silent-group',
  label: 'Group that does not answer',
  read: async ({ store, board, today }) => {
    const newest = new Map<string, Confirmation>();
    for (const request of await readConfirmations(store)) newest.set(request.group, request);
    return board.directory.groups.flatMap((group): QueueItem[] => {
      const request = newest.get(group.slug);
      if (request?.state !== 'missed') return [];
      const isClosed = group.liveness.state === 'closed';
      const settled = (request.settledAt ?? request.askedAt).slice(0, 10);
      const isLate = isClosed
        ? !request.closedGroup || addDays(settled, lately) < today
        : hasSignSince(group, request.askedAt.slice(0, 10), today);
      if (isLate) return [];
      return [
        {
          key: `silent-group ${group.slug} ${request.round}`,
          title: group.name,
          href: groupEditPath(group.slug),
          note: isClosed ? closedNote(group.closed?.date ?? settled) : missedNote(request.askedAt),
          owner: ownerOf(group.city === null ? undefined : board.find(group.city)),
          due: addDays(settled, patience),
        },
      ];
    });
  },
};
