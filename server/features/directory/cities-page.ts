// The list of cities: partner cities by default, every city on request.
import type { CityEntry, Directory } from '../../directory/directory.ts';
import { type CityFilter, filterCities, parseCityFilter } from '../../directory/filters.ts';
import { flags } from '../../domain/words.ts';
import { cityPath, groupPath, partnerPath, paths } from '../../paths.ts';
import { linkCell, linksCell, textCell } from '../../web/cell.ts';
import { searchField, selectField, stateField, topicField } from '../../web/filter-form.ts';
import { cityLabel, flagLabel } from '../../web/format.ts';
import type { FilterValues, ListDefinition, RawQuery } from '../../web/list.ts';
import { apiDownloads, type ListPage, toListing, toListPage } from '../../web/list-page.ts';
import { distanceWords } from '../../web/next-step.ts';

const definitionFor = (showsAll: boolean): ListDefinition<CityEntry> => ({
  path: paths.cities,
  caption: showsAll
    ? 'Every city of the directory, with its NNIP partners and civic tech groups'
    : 'Cities with an NNIP partner, and the civic tech groups in reach',
  noun: showsAll
    ? { one: 'city', many: 'cities' }
    : { one: 'partner city', many: 'partner cities' },
  defaultSort: 'name',
  columns: [
    {
      key: 'name',
      label: 'City',
      cell: (city) => linkCell(cityLabel(city), cityPath(city.slug)),
      sortBy: cityLabel,
    },
    {
      key: 'flag',
      label: 'Flag',
      cell: (city) => ({ kind: 'flag', flag: city.flag, label: flagLabel(city.flag) }),
      sortBy: (city) => flags.indexOf(city.flag),
    },
    {
      key: 'partner',
      label: 'NNIP partners',
      cell: (city) =>
        linksCell(
          city.partners.map((partner) => ({
            text: partner.name,
            href: partnerPath(partner.slug),
            ...(partner.status === 'former' ? { note: 'former' } : {}),
          })),
          'None',
        ),
      sortBy: (city) => city.partners[0]?.name ?? null,
    },
    {
      key: 'nearest',
      label: 'Nearest group',
      cell: (city) =>
        city.nearestGroup === null
          ? textCell('None is known')
          : linkCell(
              city.nearestGroup.group.name,
              groupPath(city.nearestGroup.group.slug),
              distanceWords(city.nearestGroup, city),
            ),
      sortBy: (city) => city.nearestGroup?.distanceMiles ?? null,
    },
    {
      key: 'groups',
      label: 'Groups in reach',
      numeric: true,
      first: 'desc',
      cell: (city) => textCell(String(city.countInReach)),
      sortBy: (city) => city.countInReach,
    },
  ],
});

const toValues = (filter: CityFilter): FilterValues => ({
  q: filter.q ?? '',
  flag: filter.flag.join(','),
  state: filter.state ?? '',
  country: filter.country ?? '',
  topic: filter.topic ?? '',
  show: filter.includeNoPartner ? 'all' : '',
});

const fieldsFor = (directory: Directory, filter: CityFilter, values: FilterValues) => [
  searchField('City, partner or group', filter.q),
  selectField(
    'flag',
    'Flag',
    'Any flag',
    flags.map((flag) => ({ value: flag, label: flagLabel(flag) })),
    values['flag'] ?? null,
  ),
  stateField(directory.cities, filter.state),
  topicField([directory.partners, directory.groups], filter.topic),
  selectField(
    'show',
    'Cities',
    'With an NNIP partner',
    [{ value: 'all', label: 'All, also without one' }],
    values['show'] ?? null,
  ),
];

/** @throws Problem (not found) for a page that the selection does not have. */
export function citiesPage(
  directory: Directory,
  raw: RawQuery,
  publicUrl: string,
): ListPage<CityEntry> {
  const filter = { ...parseCityFilter(raw).filter, since: null };
  const showsAll = filter.includeNoPartner || filter.flag.includes('no-partner');
  const values = toValues(filter);
  const listing = toListing({
    definition: definitionFor(showsAll),
    raw,
    selection: {
      filters: values,
      rows: filterCities(directory, filter),
      total: showsAll ? directory.cities.length : directory.partnerCityCount,
    },
    fields: fieldsFor(directory, filter, values),
    downloads: apiDownloads(paths.api.cities, { ...values, show: showsAll ? 'all' : 'partner' }, [
      'csv',
      'geojson',
    ]),
    emptyText: 'Try fewer filters, or show cities without an NNIP partner too.',
  });
  const title = 'Cities';
  const introduction =
    'Each city with a partner of the National Neighborhood Indicators Partnership (NNIP), and what is known of its ties to civic tech groups nearby.';
  return toListPage(listing, { title, introduction, section: 'cities' }, publicUrl, (city) => ({
    name: cityLabel(city),
    path: cityPath(city.slug),
  }));
}
