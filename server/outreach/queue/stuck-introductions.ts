// To do: an introduction that somebody asked for and that could not be sent, because no address is known or none took
// the mail. It leaves when it is sent again, or set aside.
import { addDays } from '../../domain/dates.ts';
import { otherSide } from '../../domain/introduction.ts';
import { nameOf } from '../../introductions/pair.ts';
import { staffIntroductionPath } from '../../paths.ts';
import { readIntroductionsIn } from '../../store/introductions.ts';
import { ownerOf, type QueueSource } from './source.ts';

/** Somebody waits to hear. */
const patience = 7;

const notes = {
  'no-address': 'No address of them is known. Find one and add it, then ask again.',
  refused: 'Their address refused the mail. Correct it, then ask again.',
} as const;

export const stuckIntroductions: QueueSource = {
  kind: 'introduction',
  label: 'Introduction that could not be sent',
  read: async ({ store, board }) =>
    (await readIntroductionsIn(store, 'could-not-be-sent')).map((one) => {
      const { directory } = board;
      const city = directory.findPartner(one.partner)?.city ?? '';
      const [from, to] = [one.from, otherSide(one.from)].map((side) =>
        nameOf(directory, side, one),
      );
      return {
        key: `introduction ${one.id} ${one.round}`,
        title: `${from} to ${to}`,
        href: staffIntroductionPath(one.id),
        note: notes[one.problem ?? 'no-address'],
        owner: ownerOf(board.find(city)),
        due: addDays((one.endedAt ?? one.askedAt).slice(0, 10), patience),
      };
    }),
};
