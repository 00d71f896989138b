// To do: a partner's newest report that a group disputes. It leaves when the group confirms it, or the partner
// reports anew.
import { addDays } from '../../domain/dates.ts';
import { standingOf } from '../../domain/standing.ts';
import { partnerPath } from '../../paths.ts';
import { ownerOf, type QueueSource } from './source.ts';

/** Two weeks to hear both sides. */
const patience = 14;

export const disputedReports: QueueSource = {
  kind: 'dispute',
  label: 'Report that a group disputes',
  read: ({ board }) => {
    const { directory } = board;
    return directory.partners.flatMap(({ name, slug, city, lastReport }) => {
      if (!lastReport) return [];
      const verdicts = directory.verdictsOn(lastReport.id);
      if (standingOf(lastReport, verdicts) !== 'disputed') return [];
      const disputed = verdicts.findLast(({ verdict }) => verdict === 'disputed');
      const group = disputed && directory.findGroup(disputed.group);
      return [
        {
          key: `dispute ${lastReport.id}`,
          title: name,
          href: partnerPath(slug),
          note: `${group?.name ?? 'A group'} says that the report is not right. Ask both.`,
          owner: ownerOf(board.find(city)),
          due: addDays((disputed?.createdAt ?? lastReport.createdAt).slice(0, 10), patience),
        },
      ];
    });
  },
};
