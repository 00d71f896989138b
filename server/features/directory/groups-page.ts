// The list of civic tech groups, closed ones and those of other countries too.
import type { Directory, GroupEntry } from '../../directory/directory.ts';
import { filterGroups, type GroupFilter, parseGroupFilter } from '../../directory/filters.ts';
import { groupKinds, livenessStates } from '../../domain/words.ts';
import { cityPath, groupPath, paths } from '../../paths.ts';
import { linkCell, textCell } from '../../web/cell.ts';
import {
  countryField,
  type FilterField,
  searchField,
  selectField,
  stateField,
  topicField,
} from '../../web/filter-form.ts';
import { groupKindLabel, livenessLabel, livenessText } from '../../web/format.ts';
import type { FilterValues, ListDefinition, RawQuery } from '../../web/list.ts';
import { apiDownloads, type ListPage, toListing, toListPage } from '../../web/list-page.ts';
import { groupPlace } from '../../web/place-words.ts';

const formerly = ({ previousNames }: GroupEntry): string =>
  previousNames.length === 0 ? '' : `formerly ${previousNames.join(', ')}`;

const definitionFor = (today: string): ListDefinition<GroupEntry> => ({
  path: paths.groups,
  caption: 'Civic tech groups, and what is known of each being alive',
  noun: { one: 'group', many: 'groups' },
  defaultSort: 'name',
  keepsOrder: true,
  columns: [
    {
      key: 'name',
      label: 'Group',
      cell: (group) => linkCell(group.name, groupPath(group.slug), formerly(group)),
      sortBy: (group) => group.name,
    },
    {
      key: 'place',
      label: 'Place',
      cell: (group) =>
        linkCell(groupPlace(group), group.cityEntry ? cityPath(group.cityEntry.slug) : null),
      sortBy: groupPlace,
    },
    {
      key: 'kind',
      label: 'Kind',
      cell: (group) => textCell(groupKindLabel(group.kind)),
      sortBy: (group) => groupKindLabel(group.kind),
    },
    {
      key: 'liveness',
      label: 'Signs of life',
      cell: (group) => ({
        kind: 'liveness',
        state: group.liveness.state,
        text: livenessText(group, today),
      }),
      sortBy: (group) => livenessStates.indexOf(group.liveness.state),
    },
    {
      key: 'partners',
      label: 'Partners in reach',
      numeric: true,
      first: 'desc',
      cell: (group) => textCell(String(group.partnersInReach.length)),
      sortBy: (group) => group.partnersInReach.length,
    },
  ],
});

const toValues = (filter: GroupFilter): FilterValues => ({
  q: filter.q ?? '',
  kind: filter.kind.join(','),
  liveness: filter.liveness.join(','),
  state: filter.state ?? '',
  country: filter.country ?? '',
  city: filter.city ?? '',
  topic: filter.topic ?? '',
});

function fieldsFor(
  directory: Directory,
  filter: GroupFilter,
  values: FilterValues,
): readonly FilterField[] {
  const cityField = selectField('city', 'City', 'Any city', [], filter.city);
  return [
    searchField('Group, old name or city', filter.q),
    selectField(
      'kind',
      'Kind',
      'Any kind',
      groupKinds.map((kind) => ({ value: kind, label: groupKindLabel(kind) })),
      values['kind'] ?? null,
    ),
    selectField(
      'liveness',
      'Signs of life',
      'Any',
      livenessStates.map((state) => ({ value: state, label: livenessLabel(state) })),
      values['liveness'] ?? null,
    ),
    stateField(directory.groups, filter.state),
    countryField(directory.groups, filter.country),
    topicField([directory.groups], filter.topic),
    cityField,
  ];
}

/** @throws Problem (not found) for a page that the selection does not have. */
export function groupsPage(
  directory: Directory,
  raw: RawQuery,
  publicUrl: string,
): ListPage<GroupEntry> {
  const { filter } = parseGroupFilter(raw);
  const values = toValues(filter);
  const listing = toListing({
    definition: definitionFor(directory.today),
    raw,
    selection: {
      filters: values,
      rows: filterGroups(directory, filter),
      total: directory.groups.length,
    },
    fields: fieldsFor(directory, filter, values),
    downloads: apiDownloads(paths.api.groups, values, ['csv', 'geojson']),
    emptyText: 'Try fewer filters or another spelling. Old names of a group are searched too.',
  });
  const title = 'Civic tech groups';
  const introduction =
    'Code for America Brigades, open data groups and civic hacking meetups, in the United States and elsewhere. Standing in a list is not a sign of life: each group says what is known, and since when.';
  return toListPage(listing, { title, introduction, section: 'groups' }, publicUrl, (group) => ({
    name: group.name,
    path: groupPath(group.slug),
  }));
}
