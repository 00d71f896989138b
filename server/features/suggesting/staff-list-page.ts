// The staff's list of suggestions: new ones first, filtered by state and kind.
import type { Directory } from '../../directory/directory.ts';
import { oneOf, readQuery } from '../../directory/query-values.ts';
import { dayOf } from '../../domain/dates.ts';
import { suggestionStates } from '../../domain/words.ts';
import { paths, staffSuggestionPath } from '../../paths.ts';
import type { Suggestion } from '../../store/suggestions.ts';
import { linkCell, textCell } from '../../web/cell.ts';
import { selectField } from '../../web/filter-form.ts';
import { cityLabel, formatAge, formatDate } from '../../web/format.ts';
import type { ListDefinition, RawQuery } from '../../web/list.ts';
import { type ListingView, toListing } from '../../web/list-page.ts';
import type { Page } from '../../web/render.ts';
import { kindLabel, stateLabel, titleOf } from './suggestion-words.ts';
import { toUnlisted, type UnlistedView } from './unlisted-words.ts';

export interface SuggestionsPage extends Page {
  readonly title: string;
  readonly introduction: string;
  readonly listing: ListingView<Suggestion>;
  /** Words that the lists of topics and help lack. */
  readonly unlisted: UnlistedView;
}

const kinds = ['group', 'correction', 'words'] as const;
type ListKind = (typeof kinds)[number];

const kindOf = ({ about, proposed }: Suggestion): ListKind => {
  if (about) return 'correction';
  return proposed ? 'group' : 'words';
};

const kindOptions = [
  { value: 'group', label: 'New groups' },
  { value: 'correction', label: 'Corrections' },
  { value: 'words', label: 'Free words in answers' },
] as const;

function placeOf(directory: Directory, { city, proposed, seen }: Suggestion): string {
  const known = city === null ? undefined : directory.findCity(city);
  return known ? cityLabel(known) : (proposed?.place ?? seen.place ?? 'Not named');
}

function definitionFor(directory: Directory): ListDefinition<Suggestion> {
  const { today } = directory;
  return {
    path: paths.staff.suggestions,
    caption: 'Suggestions of visitors and partners',
    noun: { one: 'suggestion', many: 'suggestions' },
    defaultSort: 'state',
    columns: [
      {
        key: 'title',
        label: 'Suggestion',
        cell: (one) => linkCell(titleOf(directory, one), staffSuggestionPath(one.id)),
        sortBy: (one) => titleOf(directory, one),
      },
      {
        key: 'kind',
        label: 'Kind',
        cell: (one) => textCell(kindLabel(one)),
        sortBy: (one) => kindLabel(one),
      },
      {
        key: 'place',
        label: 'Place',
        cell: (one) => textCell(placeOf(directory, one)),
        sortBy: (one) => placeOf(directory, one),
      },
      {
        key: 'sent',
        label: 'Sent',
        first: 'desc',
        cell: ({ createdAt }) => {
          const day = dayOf(new Date(createdAt));
          return textCell(formatDate(day), formatAge(day, today));
        },
        sortBy: ({ createdAt }) => createdAt,
      },
      {
        key: 'state',
        label: 'State',
        cell: ({ state }) => textCell(stateLabel(state)),
        sortBy: ({ state }) => suggestionStates.indexOf(state),
      },
    ],
  };
}

/**
 * @param all newest first
 * @throws Problem (not found) for a page that the selection does not have.
 */
export function suggestionsPage(
  directory: Directory,
  all: readonly Suggestion[],
  raw: RawQuery,
): SuggestionsPage {
  const query = readQuery(raw);
  const state = query.one('state', oneOf(suggestionStates));
  const kind = query.one('kind', oneOf(kinds));
  const stateOptions = suggestionStates.map((value) => ({ value, label: stateLabel(value) }));
  const listing = toListing({
    definition: definitionFor(directory),
    raw,
    selection: {
      filters: { state: state ?? '', kind: kind ?? '' },
      rows: all.filter((one) => (!state || one.state === state) && (!kind || kindOf(one) === kind)),
      total: all.length,
    },
    fields: [
      selectField('state', 'State', 'Any state', stateOptions, state),
      selectField('kind', 'Kind', 'Any kind', kindOptions, kind),
    ],
    downloads: [],
    emptyText: 'Visitors suggest groups and corrections on the page “Suggest a group”.',
  });
  const fresh = all.filter((one) => one.state === 'new').length;
  return {
    title: 'Suggestions',
    introduction:
      fresh === 0
        ? 'Nothing new: every suggestion is decided.'
        : `${fresh} of ${all.length} ${fresh === 1 ? 'waits' : 'wait'} for a decision. Nothing of a suggestion is public before it is accepted.`,
    listing,
    unlisted: toUnlisted(directory),
    head: {
      title: 'Suggestions',
      description: 'What visitors and partners suggest for the directory.',
      canonical: listing.list.canonical,
      section: null,
      structuredData: null,
      noIndex: true,
    },
  };
}
