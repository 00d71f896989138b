// The list of documented collaborations, the latest first.
import type { Directory } from '../../directory/directory.ts';
import { oneOf, readQuery } from '../../directory/query-values.ts';
import type { Collaboration } from '../../domain/records.ts';
import { cityPath, collaborationPath, groupPath, partnerPath, paths } from '../../paths.ts';
import { linkCell } from '../../web/cell.ts';
import { type FilterField, type FilterOption, selectField } from '../../web/filter-form.ts';
import type { FilterValues, ListDefinition, RawQuery } from '../../web/list.ts';
import { apiDownloads, type ListPage, toListing, toListPage } from '../../web/list-page.ts';
import { cityNamed } from '../../web/place-words.ts';
import { formatSpan } from '../../web/span.ts';

const definitionFor = (directory: Directory): ListDefinition<Collaboration> => ({
  path: paths.collaborations,
  caption: 'Documented examples of a partner and a group working together',
  noun: { one: 'collaboration', many: 'collaborations' },
  defaultSort: 'date',
  columns: [
    {
      key: 'title',
      label: 'Collaboration',
      cell: ({ title, slug }) => linkCell(title, collaborationPath(slug)),
      sortBy: ({ title }) => title,
    },
    {
      key: 'date',
      label: 'When',
      first: 'desc',
      cell: ({ from, to }) => ({ kind: 'text', text: formatSpan(from, to) }),
      sortBy: ({ to }) => to,
    },
    {
      key: 'city',
      label: 'City',
      cell: ({ city }) => linkCell(cityNamed(directory, city), cityPath(city)),
      sortBy: ({ city }) => cityNamed(directory, city),
    },
    {
      key: 'partner',
      label: 'NNIP partner',
      cell: ({ partner, partnerName }) => linkCell(partnerName, partner && partnerPath(partner)),
      sortBy: ({ partnerName }) => partnerName,
    },
    {
      key: 'group',
      label: 'Civic tech group',
      cell: ({ group, groupName }) => linkCell(groupName, group && groupPath(group)),
      sortBy: ({ groupName }) => groupName,
    },
  ],
});

/** The records that collaborations name, each once, in name order. */
function optionsOf(
  collaborations: readonly Collaboration[],
  read: (one: Collaboration) => { readonly slug: string | null; readonly name: string },
): readonly FilterOption[] {
  const names = new Map(
    collaborations.flatMap((one) => {
      const { slug, name } = read(one);
      return slug === null ? [] : [[slug, name] as const];
    }),
  );
  return [...names]
    .map(([value, label]) => ({ value, label }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en'));
}

const valuesOf = (options: readonly FilterOption[]): readonly string[] =>
  options.map(({ value }) => value);

/** The same three questions as the API's. */
function parseFilters(directory: Directory, raw: RawQuery) {
  const { collaborations } = directory;
  const options = {
    city: optionsOf(collaborations, ({ city }) => ({
      slug: city,
      name: cityNamed(directory, city),
    })),
    partner: optionsOf(collaborations, (one) => ({
      slug: one.partner,
      name: (one.partner && directory.findPartner(one.partner)?.name) ?? one.partnerName,
    })),
    group: optionsOf(collaborations, (one) => ({
      slug: one.group,
      name: (one.group && directory.findGroup(one.group)?.name) ?? one.groupName,
    })),
  };
  const read = readQuery(raw);
  const chosen = {
    city: read.one('city', oneOf(valuesOf(options.city))),
    partner: read.one('partner', oneOf(valuesOf(options.partner))),
    group: read.one('group', oneOf(valuesOf(options.group))),
  };
  const fields: readonly FilterField[] = [
    selectField('city', 'City', 'Any city', options.city, chosen.city),
    selectField('partner', 'NNIP partner', 'Any partner', options.partner, chosen.partner),
    selectField('group', 'Civic tech group', 'Any group', options.group, chosen.group),
  ];
  return { chosen, fields };
}

/** @throws Problem (not found) for a page that the selection does not have. */
export function collaborationsPage(
  directory: Directory,
  raw: RawQuery,
  publicUrl: string,
): ListPage<Collaboration> {
  const { chosen, fields } = parseFilters(directory, raw);
  const values: FilterValues = {
    city: chosen.city ?? '',
    partner: chosen.partner ?? '',
    group: chosen.group ?? '',
  };
  const all = directory.collaborations;
  const listing = toListing({
    definition: definitionFor(directory),
    raw,
    selection: {
      filters: values,
      rows: all.filter((one) =>
        (['city', 'partner', 'group'] as const).every(
          (field) => chosen[field] === null || one[field] === chosen[field],
        ),
      ),
      total: all.length,
    },
    fields,
    downloads: apiDownloads(paths.api.collaborations, values, ['csv']),
    emptyText:
      all.length === 0
        ? 'No collaboration is documented yet.'
        : 'No documented collaboration fits all of these. Try fewer filters.',
  });
  const title = 'Collaborations';
  const introduction =
    'What happens when a neighborhood data partner and a civic tech group work together: documented examples, with their sources.';
  return toListPage(listing, { title, introduction, section: null }, publicUrl, (one) => ({
    name: one.title,
    path: collaborationPath(one.slug),
  }));
}
