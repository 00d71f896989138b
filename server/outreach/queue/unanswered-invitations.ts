// To do: a partner that has not answered an open wave which closes within a week. It leaves with the answer,
// or with the closing.
import { addDays, lastDay } from '../../domain/dates.ts';
import { staffWavePath } from '../../paths.ts';
import { formatDate } from '../../web/format.ts';
import { ownerOf, type QueueSource } from './source.ts';

/** Days before the closing from which it is worth a call. */
const soon = 7;

export const unansweredInvitations: QueueSource = {
  kind: 'invitation',
  label: 'No answer yet, and the wave closes soon',
  read: ({ board, today }) =>
    board.directory.waves
      .filter(({ state, closes }) => state === 'open' && lastDay(closes) <= addDays(today, soon))
      .flatMap((wave) => {
        const { final } = board.directory.answersIn(wave.slug);
        const due = lastDay(wave.closes);
        return wave.asked.flatMap((slug) => {
          const partner = board.directory.findPartner(slug);
          if (!partner || partner.status === 'former' || final.has(slug)) return [];
          return [
            {
              key: `invitation ${wave.slug} ${slug}`,
              title: partner.name,
              href: staffWavePath(wave.slug),
              note: `Has not answered “${wave.name}” yet, which closes on ${formatDate(due)}.`,
              owner: ownerOf(board.find(partner.city)),
              due,
            },
          ];
        });
      }),
};
