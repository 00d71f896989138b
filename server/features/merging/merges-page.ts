// The merges of the past: which records became one, who did it when, and which were taken back.
import { mergePath, paths } from '../../paths.ts';
import type { ImportBatch } from '../../store/import-batches.ts';
import type { Person } from '../../store/people.ts';
import { linkCell, textCell } from '../../web/cell.ts';
import { formatDate } from '../../web/format.ts';
import { type ListDefinition, type RawQuery, toListView } from '../../web/list.ts';
import type { PlainListing } from '../../web/list-page.ts';
import type { Page } from '../../web/render.ts';
import { whoOf } from '../../web/who-words.ts';
import { type Crumb, headOf } from './merge-page.ts';

export interface MergesPage extends Page {
  readonly crumbs: readonly Crumb[];
  readonly listing: PlainListing<Row>;
}

interface Row {
  readonly batch: ImportBatch;
  readonly who: string;
}

const stateWords: Readonly<Record<ImportBatch['state'], string>> = {
  planned: 'Cut off',
  applying: 'Cut off',
  settling: 'Cut off',
  done: 'Merged',
  undoing: 'Being taken back',
  undone: 'Taken back',
};

const definition: ListDefinition<Row> = {
  path: paths.staff.merges,
  caption: 'Merges of two records of one group',
  noun: { one: 'merge', many: 'merges' },
  defaultSort: 'at',
  columns: [
    {
      key: 'title',
      label: 'Merge',
      cell: ({ batch }) => linkCell(batch.title, mergePath(batch.name)),
      sortBy: ({ batch }) => batch.title,
    },
    {
      key: 'state',
      label: 'State',
      cell: ({ batch }) => textCell(stateWords[batch.state]),
      sortBy: ({ batch }) => stateWords[batch.state],
    },
    {
      key: 'at',
      label: 'When',
      cell: ({ batch }) => textCell(formatDate(batch.at.slice(0, 10)), batch.at.slice(11, 16)),
      sortBy: ({ batch }) => batch.at,
      first: 'desc',
    },
    { key: 'who', label: 'Who', cell: ({ who }) => textCell(who), sortBy: ({ who }) => who },
  ],
};

/** @throws Problem (not found) for a page that the list does not have. */
export function mergesPage(
  batches: readonly ImportBatch[],
  people: readonly Person[],
  raw: RawQuery,
): MergesPage {
  const rows = batches.map((batch) => ({
    batch,
    who: whoOf(people, batch.by, 'The command line'),
  }));
  const list = toListView(definition, raw, { filters: {}, rows, total: rows.length });
  return {
    crumbs: [{ label: 'Changes', href: paths.staff.changes }, { label: 'Merges' }],
    listing: {
      list,
      downloads: [],
      empty: {
        title: 'Nothing was merged yet',
        text: 'Two records of one group are merged from the page of either.',
        actions: [{ label: 'Civic tech groups', href: paths.groups }],
      },
    },
    head: headOf('Merges', list.canonical),
  };
}
