// The list of convenings, the newest first; each says whether it is past or upcoming.
import type { Directory } from '../../directory/directory.ts';
import { oneOf, readQuery } from '../../directory/query-values.ts';
import type { Convening } from '../../domain/records.ts';
import { cityPath, conveningPath, paths } from '../../paths.ts';
import { linkCell, textCell } from '../../web/cell.ts';
import { inNameOrder, selectField } from '../../web/filter-form.ts';
import type { ListDefinition, RawQuery } from '../../web/list.ts';
import { apiDownloads, type ListPage, toListing, toListPage } from '../../web/list-page.ts';
import { cityNamed } from '../../web/place-words.ts';
import { formatSpan } from '../../web/span.ts';
import { conveningPlace, isUpcoming, whenWords } from './convening-words.ts';

const definitionFor = (today: string): ListDefinition<Convening> => ({
  path: paths.convenings,
  caption: 'Events where partners and groups can meet',
  noun: { one: 'convening', many: 'convenings' },
  defaultSort: 'date',
  columns: [
    {
      key: 'name',
      label: 'Convening',
      cell: ({ name, slug }) => linkCell(name, conveningPath(slug)),
      sortBy: ({ name }) => name,
    },
    {
      key: 'date',
      label: 'When',
      first: 'desc',
      cell: (one) => textCell(formatSpan(one.start, one.end), whenWords(one, today)),
      sortBy: ({ start }) => start,
    },
    {
      key: 'place',
      label: 'Where',
      cell: (one) => linkCell(conveningPlace(one), one.city && cityPath(one.city)),
      sortBy: conveningPlace,
    },
    { key: 'kind', label: 'Kind', cell: ({ kind }) => textCell(kind), sortBy: ({ kind }) => kind },
  ],
});

function introduce(directory: Directory): string {
  const upcoming = directory.convenings.filter((one) => isUpcoming(one, directory.today)).length;
  const ahead = upcoming === 0 ? 'None that we know of lies ahead.' : `${upcoming} lie ahead.`;
  return `Events where neighborhood data partners and civic tech groups met or can meet. ${ahead}`;
}

/** @throws Problem (not found) for a page that the selection does not have. */
export function conveningsPage(
  directory: Directory,
  raw: RawQuery,
  publicUrl: string,
): ListPage<Convening> {
  const all = directory.convenings;
  const cities = [...new Set(all.flatMap(({ city }) => (city === null ? [] : [city])))];
  const chosen = readQuery(raw).one('city', oneOf(cities));
  const values = { city: chosen ?? '' };
  const options = inNameOrder(cities, (slug) => cityNamed(directory, slug));
  const listing = toListing({
    definition: definitionFor(directory.today),
    raw,
    selection: {
      filters: values,
      rows: chosen === null ? all : all.filter(({ city }) => city === chosen),
      total: all.length,
    },
    fields: [selectField('city', 'City', 'Any place', options, chosen)],
    downloads: [
      ...apiDownloads(paths.api.convenings, values, ['csv']),
      // The calendar is of the whole list.
      ...(chosen === null ? [{ label: 'Calendar', href: paths.feeds.convenings }] : []),
    ],
    emptyText: 'No convening is known yet.',
  });
  const title = 'Convenings';
  const introduction = introduce(directory);
  return toListPage(
    listing,
    { title, introduction, section: null },
    publicUrl,
    ({ name, slug }) => ({ name, path: conveningPath(slug) }),
  );
}
