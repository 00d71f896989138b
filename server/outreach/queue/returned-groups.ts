// To do: a closed group that somebody brought back, or says is active again. It leaves when staff have looked at it.
import { addDays } from '../../domain/dates.ts';
import { groupEditPath } from '../../paths.ts';
import { readUnseenReturns } from '../../store/group-returns.ts';
import { ownerOf, type QueueSource } from './source.ts';

/** Somebody waits, or an untrue word stands in public. */
const patience = 3;

export const returnedGroups: QueueSource = {
  kind: 'returned-group',
  label: 'Closed group that is said to be active',
  read: async ({ store, board }) =>
    (await readUnseenReturns(store)).flatMap(
      ({ id, group: slug, state, known, usedAt, askedAt }) => {
        const group = board.directory.findGroup(slug);
        if (!group) return [];
        const who = known ? 'One of its known addresses' : 'Somebody whose address we did not know';
        const note =
          state === 'waiting'
            ? `${who} says that it is active again. It was brought back before, so it waits for you.`
            : `${who} brought it back. Have a look, and undo it if it is wrong.`;
        return [
          {
            key: `returned-group ${id}`,
            title: group.name,
            href: groupEditPath(slug),
            note,
            owner: ownerOf(group.city === null ? undefined : board.find(group.city)),
            due: addDays((usedAt ?? askedAt).slice(0, 10), patience),
          },
        ];
      },
    ),
};
