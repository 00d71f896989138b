// The list of NNIP partners, former ones too.
import type { Directory, PartnerEntry } from '../../directory/directory.ts';
import { filterPartners, type PartnerFilter, parsePartnerFilter } from '../../directory/filters.ts';
import { type Flag, flags, partnerStatuses } from '../../domain/words.ts';
import { cityPath, partnerPath, paths } from '../../paths.ts';
import { linkCell, textCell } from '../../web/cell.ts';
import { searchField, selectField, stateField, topicField } from '../../web/filter-form.ts';
import { cityLabel, flagLabel, partnerStatusLabel } from '../../web/format.ts';
import type { FilterValues, ListDefinition, RawQuery } from '../../web/list.ts';
import { apiDownloads, type ListPage, toListing, toListPage } from '../../web/list-page.ts';

/** Flags that a partner can have: never that of a city without one. */
const partnerFlags: readonly Flag[] = flags.filter((flag) => flag !== 'no-partner');

const definition: ListDefinition<PartnerEntry> = {
  path: paths.partners,
  caption: 'Partners of the National Neighborhood Indicators Partnership (NNIP)',
  noun: { one: 'partner', many: 'partners' },
  defaultSort: 'name',
  columns: [
    {
      key: 'name',
      label: 'Partner',
      cell: (partner) => linkCell(partner.name, partnerPath(partner.slug), partner.hostInstitution),
      sortBy: (partner) => partner.name,
    },
    {
      key: 'city',
      label: 'City',
      cell: ({ cityEntry }) => linkCell(cityLabel(cityEntry), cityPath(cityEntry.slug)),
      sortBy: ({ cityEntry }) => cityLabel(cityEntry),
    },
    {
      key: 'flag',
      label: 'Flag',
      cell: ({ flag }) =>
        flag === null
          ? textCell('None: a former partner')
          : { kind: 'flag', flag, label: flagLabel(flag) },
      sortBy: ({ flag }) => (flag === null ? null : flags.indexOf(flag)),
    },
    {
      key: 'groups',
      label: 'Groups in reach',
      numeric: true,
      first: 'desc',
      cell: ({ groupsInReach }) => textCell(String(groupsInReach.length)),
      sortBy: ({ groupsInReach }) => groupsInReach.length,
    },
    {
      key: 'status',
      label: 'Status',
      cell: ({ status, since }) =>
        textCell(partnerStatusLabel(status), since === null ? '' : `joined ${since}`),
      sortBy: ({ status }) => partnerStatuses.indexOf(status),
    },
  ],
};

const toValues = (filter: PartnerFilter): FilterValues => ({
  q: filter.q ?? '',
  status: filter.status ?? '',
  state: filter.state ?? '',
  flag: filter.flag.join(','),
  topic: filter.topic ?? '',
});

const fieldsFor = (directory: Directory, filter: PartnerFilter, values: FilterValues) => [
  searchField('Partner, host or city', filter.q),
  selectField(
    'flag',
    'Flag',
    'Any flag',
    partnerFlags.map((flag) => ({ value: flag, label: flagLabel(flag) })),
    values['flag'] ?? null,
  ),
  stateField(
    directory.partners.map((partner) => partner.cityEntry),
    filter.state,
  ),
  topicField([directory.partners], filter.topic),
  selectField(
    'status',
    'Status',
    'Any status',
    partnerStatuses.map((status) => ({ value: status, label: partnerStatusLabel(status) })),
    filter.status,
  ),
];

/** @throws Problem (not found) for a page that the selection does not have. */
export function partnersPage(
  directory: Directory,
  raw: RawQuery,
  publicUrl: string,
): ListPage<PartnerEntry> {
  const { filter } = parsePartnerFilter(raw);
  const values = toValues(filter);
  const listing = toListing({
    definition,
    raw,
    selection: {
      filters: values,
      rows: filterPartners(directory, filter),
      total: directory.partners.length,
    },
    fields: fieldsFor(directory, filter, values),
    downloads: apiDownloads(paths.api.partners, values, ['csv', 'geojson']),
    emptyText: 'Try fewer filters or another spelling.',
  });
  const title = 'NNIP partners';
  const introduction =
    'Local organizations of the National Neighborhood Indicators Partnership (NNIP): they collect neighborhood data and help people use it.';
  return toListPage(
    listing,
    { title, introduction, section: 'partners' },
    publicUrl,
    (partner) => ({ name: partner.name, path: partnerPath(partner.slug) }),
  );
}
