// To do: a gap whose next date has come. It leaves when the date is moved, or the gap closes.
import { outreachPath } from '../../paths.ts';
import { cityLabel } from '../../web/format.ts';
import { stageLabel } from '../outreach-words.ts';
import { ownerOf, type QueueSource } from './source.ts';

export const nextDates: QueueSource = {
  kind: 'date',
  label: 'Next date is due',
  read: ({ board, today }) =>
    board.rows.flatMap((row) => {
      const { city, item } = row;
      if (!item?.nextDate || item.nextDate > today) return [];
      return [
        {
          key: `date ${item.id} ${item.nextDate}`,
          title: cityLabel(city),
          href: outreachPath(city.slug),
          note: `You wanted to look at it again. Stage: ${stageLabel(item.stage)}.`,
          owner: ownerOf(row),
          due: item.nextDate,
        },
      ];
    }),
};
