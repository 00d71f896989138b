// To do: a suggestion that nobody has looked at. It leaves when it is accepted or declined.
import { addDays } from '../../domain/dates.ts';
import { paths } from '../../paths.ts';
import { readNewSuggestions } from '../../store/suggestions.ts';
import { cityLabel } from '../../web/format.ts';
import { ownerOf, type QueueSource } from './source.ts';

/** Whoever sent it should hear of it within a week. */
const patience = 7;

export const newSuggestions: QueueSource = {
  kind: 'suggestion',
  label: 'New suggestion',
  read: async ({ store, board }) =>
    (await readNewSuggestions(store)).map((suggestion) => {
      const city = suggestion.city === null ? undefined : board.directory.findCity(suggestion.city);
      const what = suggestion.kind === 'group' ? 'A new group' : 'A correction';
      return {
        key: `suggestion ${suggestion.id}`,
        title: city ? `${what} for ${cityLabel(city)}` : what,
        href: paths.staff.suggestions,
        note: 'Somebody sent it in and waits for an answer.',
        owner: ownerOf(city && board.find(city.slug)),
        due: addDays(suggestion.createdAt.slice(0, 10), patience),
      };
    }),
};
