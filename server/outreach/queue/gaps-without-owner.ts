// To do: a gap that nobody is on. It leaves when somebody is.
import { addDays } from '../../domain/dates.ts';
import { outreachPath } from '../../paths.ts';
import { cityLabel, flagLabel } from '../../web/format.ts';
import type { QueueSource } from './source.ts';

/** Two weeks after it opened somebody should be on it. */
const patience = 14;

export const gapsWithoutOwner: QueueSource = {
  kind: 'gap',
  label: 'Gap without an owner',
  read: ({ board }) =>
    board.rows.flatMap(({ city, item, owner }) =>
      item === null || owner !== null
        ? []
        : [
            {
              key: `gap ${item.id}`,
              title: cityLabel(city),
              href: outreachPath(city.slug),
              note: `${flagLabel(city.flag)}. Nobody is on it.`,
              owner: null,
              due: addDays(item.openedAt.slice(0, 10), patience),
            },
          ],
    ),
};
