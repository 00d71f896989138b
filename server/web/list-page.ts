// What every page with a list prints around its table: filters, downloads of the same selection, words for
// an empty one, and the head with its canonical address. The rows and columns are each list's own.
import { paths, withQuery } from '../paths.ts';
import { type FilterField, type FilterFormView, usefulFields } from './filter-form.ts';
import {
  type FilterValues,
  type ListDefinition,
  type ListView,
  type RawQuery,
  type Selection,
  toListView,
} from './list.ts';
import type { Page, PageHead, Section } from './render.ts';

export interface Action {
  readonly label: string;
  readonly href: string;
}

/** What views/components/listing.ejs prints. */
export interface ListingView<Row> {
  /** The other lists; the current one is marked. */
  readonly siblings: readonly (Action & { readonly current: boolean })[];
  readonly filters: FilterFormView;
  readonly list: ListView<Row>;
  readonly downloads: readonly Action[];
  readonly empty: {
    readonly title: string;
    readonly text: string;
    readonly actions: readonly Action[];
  };
}

/** A list without filters, as staff's are: what views/components/listing-table.ejs prints. */
export type PlainListing<Row> = Pick<ListingView<Row>, 'list' | 'downloads' | 'empty'>;

/** The lists of the directory, in the order in which they are offered beside each other. */
const lists = [
  { label: 'Cities', href: paths.cities },
  { label: 'NNIP partners', href: paths.partners },
  { label: 'Civic tech groups', href: paths.groups },
  { label: 'Gaps', href: paths.gaps },
  { label: 'Collaborations', href: paths.collaborations },
  { label: 'Convenings', href: paths.convenings },
  { label: 'Surveys', href: paths.surveys },
] as const;

export interface ListPageParts<Row> {
  readonly definition: ListDefinition<Row>;
  readonly raw: RawQuery;
  readonly selection: Selection<Row>;
  readonly fields: readonly FilterField[];
  /** The same selection in other formats, see apiDownloads. */
  readonly downloads: readonly Action[];
  /** What to do where nothing fits; the way back to the whole list is added where filters are chosen. */
  readonly emptyText: string;
}

export function toListing<Row>(parts: ListPageParts<Row>): ListingView<Row> {
  const { definition, raw, selection, downloads } = parts;
  const list = toListView(definition, raw, selection);
  const filtered = Object.values(selection.filters).some((value) => value !== '');
  const order = new URL(list.canonical, 'http://list').searchParams;
  return {
    siblings: lists.map((one) => ({ ...one, current: one.href === definition.path })),
    list,
    downloads,
    filters: {
      action: definition.path + (definition.anchor === undefined ? '' : `#${definition.anchor}`),
      fields: usefulFields(parts.fields),
      kept: ['sort', 'direction'].flatMap((name) => {
        const value = order.get(name);
        return value === null ? [] : [{ name, value }];
      }),
      reset: filtered ? definition.path : null,
    },
    empty: {
      title: `No ${definition.noun.many} fit ${filtered ? 'these filters' : 'here yet'}`,
      text: parts.emptyText,
      actions: filtered
        ? [{ label: `Show all ${definition.noun.many}`, href: definition.path }]
        : [],
    },
  };
}

/** Links to exactly the selection in the API's formats; `endings` such as 'csv' and 'geojson'. */
export function apiDownloads(
  api: string,
  filters: FilterValues,
  endings: readonly ('csv' | 'geojson')[],
): readonly Action[] {
  const names = { csv: 'CSV', geojson: 'GeoJSON' };
  return [
    ...endings.map((ending) => ({
      label: names[ending],
      href: withQuery(`${api}.${ending}`, filters),
    })),
    { label: 'JSON', href: withQuery(api, filters) },
  ];
}

const types = {
  CSV: 'text/csv',
  GeoJSON: 'application/geo+json',
  JSON: 'application/json',
  Calendar: 'text/calendar',
};

/** A page that is one list under its title. */
export interface ListPage<Row> extends Page {
  readonly title: string;
  readonly introduction: string;
  readonly listing: ListingView<Row>;
}

/** A page of one list; `toItem` names a row's page for the schema.org list. */
export function toListPage<Row>(
  listing: ListingView<Row>,
  words: {
    readonly title: string;
    readonly introduction: string;
    readonly section: Section | null;
  },
  publicUrl: string,
  toItem: (row: Row) => { readonly name: string; readonly path: string },
): ListPage<Row> {
  const { title, introduction, section } = words;
  const head = listHead(listing, { title, description: introduction, section }, publicUrl, toItem);
  return { title, introduction, listing, head };
}

/** The head of a list's page. `items` are named in the schema.org list, at most as many as one page shows. */
export function listHead<Row>(
  listing: ListingView<Row>,
  words: { readonly title: string; readonly description: string; readonly section: Section | null },
  publicUrl: string,
  toItem: (row: Row) => { readonly name: string; readonly path: string },
): PageHead {
  const { list } = listing;
  const page = list.pager ? `, ${list.pager.label.toLowerCase()}` : '';
  return {
    title: `${words.title}${page}`,
    description: words.description,
    section: words.section,
    canonical: list.canonical,
    alternates: listing.downloads.map(({ label, href }) => ({
      type: types[label as keyof typeof types],
      title: `${words.title} as ${label}`,
      href,
    })),
    structuredData: {
      '@context': 'https://schema.org',
      '@type': 'CollectionPage',
      name: words.title,
      url: publicUrl + list.canonical,
      mainEntity: {
        '@type': 'ItemList',
        numberOfItems: list.shown.length,
        itemListElement: list.shown.map((row, index) => {
          const item = toItem(row);
          return {
            '@type': 'ListItem',
            position: index + 1,
            name: item.name,
            url: publicUrl + item.path,
          };
        }),
      },
    },
  };
}
