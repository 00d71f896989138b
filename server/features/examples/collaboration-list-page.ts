// The collaborations that somebody may edit, drafts among them: all of them for staff, a partner's own for its people.
import type { Directory, PartnerEntry } from '../../directory/directory.ts';
import type { Collaboration } from '../../domain/records.ts';
import {
  collaborationPath,
  partnerCollaborationsPath,
  partnerEditCollaborationPath,
  partnerNewCollaborationPath,
  partnerPath,
  paths,
  staffEditCollaborationPath,
} from '../../paths.ts';
import { linkCell, textCell } from '../../web/cell.ts';
import { formatDate } from '../../web/format.ts';
import { type ListDefinition, type ListView, type RawQuery, toListView } from '../../web/list.ts';
import type { Action } from '../../web/list-page.ts';
import { cityNamed } from '../../web/place-words.ts';
import type { Page } from '../../web/render.ts';
import { formatSpan } from '../../web/span.ts';
import type { Crumb } from './collaboration-form-page.ts';

export interface RecordListPage extends Page {
  readonly crumbs: readonly Crumb[];
  readonly title: string;
  readonly lede: string;
  readonly actions: readonly Action[];
  readonly list: ListView<unknown>;
  readonly empty: {
    readonly title: string;
    readonly text: string;
    readonly actions: readonly Action[];
  };
}

function definitionFor(
  directory: Directory,
  path: string,
  editPath: (one: Collaboration) => string,
): ListDefinition<Collaboration> {
  const cityName = (slug: string): string => cityNamed(directory, slug);
  return {
    path,
    caption: 'Collaborations, drafts too',
    noun: { one: 'collaboration', many: 'collaborations' },
    defaultSort: 'changed',
    columns: [
      {
        key: 'title',
        label: 'Collaboration',
        cell: (one) => linkCell(one.title, collaborationPath(one.slug)),
        sortBy: ({ title }) => title,
      },
      {
        key: 'state',
        label: 'State',
        cell: ({ state }) => textCell(state === 'draft' ? 'Draft' : 'Published'),
        sortBy: ({ state }) => state,
      },
      {
        key: 'city',
        label: 'City',
        cell: ({ city }) => textCell(cityName(city)),
        sortBy: ({ city }) => cityName(city),
      },
      {
        key: 'who',
        label: 'Who',
        cell: ({ partnerName, groupName }) => textCell(`${partnerName} and ${groupName}`),
      },
      {
        key: 'when',
        label: 'When',
        first: 'desc',
        cell: ({ from, to }) => textCell(formatSpan(from, to)),
        sortBy: ({ to }) => to,
      },
      {
        key: 'changed',
        label: 'Last changed',
        first: 'desc',
        cell: ({ updatedAt }) => textCell(formatDate(updatedAt)),
        sortBy: ({ updatedAt }) => updatedAt,
      },
      {
        key: 'edit',
        label: 'What to do',
        cell: (one) => linkCell('Edit', editPath(one)),
      },
    ],
  };
}

const pageOf = (
  list: ListView<unknown>,
  words: Pick<RecordListPage, 'crumbs' | 'title' | 'lede' | 'actions'>,
  emptyText: string,
): RecordListPage => ({
  ...words,
  list,
  empty: { title: 'Nothing is written up yet', text: emptyText, actions: words.actions },
  head: {
    title: words.title,
    description: words.lede,
    canonical: list.canonical,
    section: null,
    structuredData: null,
    noIndex: true,
  },
});

/** @throws Problem (not found) for a page that the list does not have. */
export function staffCollaborationsPage(
  directory: Directory,
  all: readonly Collaboration[],
  raw: RawQuery,
): RecordListPage {
  const path = paths.staff.collaborations;
  const definition = definitionFor(directory, path, ({ slug }) => staffEditCollaborationPath(slug));
  return pageOf(
    toListView(definition, raw, { filters: {}, rows: all, total: all.length }),
    {
      crumbs: [{ label: 'Staff', href: paths.staff.home }, { label: 'Collaborations' }],
      title: 'Keep collaborations',
      lede: 'Examples of partners and groups working together, with the drafts that only their writers and NNIP staff see.',
      actions: [{ label: 'Write up an example', href: paths.staff.newCollaboration }],
    },
    'Nobody has written up an example of a partner and a group working together.',
  );
}

/** @throws Problem (not found) for a page that the list does not have. */
export function partnerCollaborationsPage(
  directory: Directory,
  partner: PartnerEntry,
  all: readonly Collaboration[],
  raw: RawQuery,
): RecordListPage {
  const definition = definitionFor(directory, partnerCollaborationsPath(partner.slug), (one) =>
    partnerEditCollaborationPath(partner.slug, one.slug),
  );
  const own = all.filter((one) => one.partner === partner.slug);
  return pageOf(
    toListView(definition, raw, { filters: {}, rows: own, total: own.length }),
    {
      crumbs: [
        { label: partner.name, href: partnerPath(partner.slug) },
        { label: 'Its collaborations' },
      ],
      title: `What ${partner.name} and civic tech groups did together`,
      lede: 'Your examples, with the drafts that only your people and NNIP staff see.',
      actions: [{ label: 'Write up an example', href: partnerNewCollaborationPath(partner.slug) }],
    },
    'An example takes a title, a few sentences and a year, and shows other partners how it is done.',
  );
}
