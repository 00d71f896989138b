// Where imports begin: the form for a file, the lists that wait, and what was imported before.
import { addDays } from '../../domain/dates.ts';
import type { ListName } from '../../import/preview.ts';
import { mostUploaded, uploadDays } from '../../import/runs/upload-files.ts';
import { entryKinds } from '../../import/words.ts';
import { importBatchPath, paths, undoImportPath, uploadPath } from '../../paths.ts';
import type { ImportBatch } from '../../store/import-batches.ts';
import type { ImportUpload } from '../../store/import-uploads.ts';
import type { Person } from '../../store/people.ts';
import { linkCell, linksCell, textCell } from '../../web/cell.ts';
import { type FieldError, messagesOf } from '../../web/form-fields.ts';
import { formatCount, formatDate } from '../../web/format.ts';
import { type ListDefinition, type RawQuery, toListView } from '../../web/list.ts';
import type { PlainListing } from '../../web/list-page.ts';
import type { Page } from '../../web/render.ts';
import { whoOf } from '../../web/who-words.ts';
import { importHead, kindLabels, stateLabels } from './words.ts';

export interface ListPage extends Page {
  readonly errors: readonly FieldError[];
  readonly messages: Readonly<Record<string, string>>;
  readonly notice: string;
  readonly form: { readonly action: string; readonly list: string; readonly date: string };
  readonly most: string;
  readonly days: number;
  readonly waiting: readonly {
    readonly name: string;
    readonly href: string;
    readonly text: string;
    readonly drop: string;
  }[];
  readonly listing: PlainListing<Row>;
}

interface Row {
  readonly batch: ImportBatch;
  readonly who: string;
}

export const whoImported = (people: readonly Person[], by: string | null): string =>
  whoOf(people, by, 'The command line');

/** "12 new, 3 changed"; rows that come to nothing are not counted. */
export function countWords(counts: Readonly<Record<string, number>> | null): string {
  const parts = entryKinds
    .filter((kind) => kind !== 'unchanged' && (counts?.[kind] ?? 0) > 0)
    .map((kind) => `${counts?.[kind]} ${kindLabels[kind].toLowerCase()}`);
  return parts.length === 0 ? 'nothing new' : parts.join(', ');
}

export const canUndo = ({ state }: ImportBatch): boolean => state === 'done';

const definition: ListDefinition<Row> = {
  path: paths.staff.imports,
  caption: 'Lists that were imported',
  noun: { one: 'import', many: 'imports' },
  defaultSort: 'at',
  columns: [
    {
      key: 'title',
      label: 'List',
      cell: ({ batch }) => linkCell(batch.title, importBatchPath(batch.name), batch.fileName),
      sortBy: ({ batch }) => batch.title,
    },
    {
      key: 'state',
      label: 'State',
      cell: ({ batch }) => textCell(stateLabels[batch.state]),
      sortBy: ({ batch }) => stateLabels[batch.state],
    },
    {
      key: 'rows',
      label: 'In the preview',
      cell: ({ batch }) => textCell(countWords(batch.counts)),
    },
    {
      key: 'steps',
      label: 'Written',
      cell: ({ batch }) => textCell(formatCount(batch.steps, 'record', 'records')),
      sortBy: ({ batch }) => batch.steps,
      first: 'desc',
    },
    {
      key: 'at',
      label: 'When',
      cell: ({ batch }) => textCell(formatDate(batch.at.slice(0, 10)), batch.at.slice(11, 16)),
      sortBy: ({ batch }) => batch.at,
      first: 'desc',
    },
    { key: 'who', label: 'Who', cell: ({ who }) => textCell(who), sortBy: ({ who }) => who },
    {
      key: 'undo',
      label: 'What to do',
      cell: ({ batch }) =>
        linksCell(
          canUndo(batch)
            ? [{ text: 'Undo', href: undoImportPath(batch.name), note: `of ${batch.name}` }]
            : [],
          'Nothing',
        ),
    },
  ],
};

export interface ListParts {
  readonly uploads: readonly ImportUpload[];
  readonly batches: readonly ImportBatch[];
  readonly people: readonly Person[];
  readonly raw: RawQuery;
  readonly notice: string;
  readonly list: ListName;
  readonly errors: readonly FieldError[];
}

export function listPage(parts: ListParts): ListPage {
  const { uploads, batches, people, raw, notice, list, errors } = parts;
  const rows = batches.map((batch) => ({ batch, who: whoImported(people, batch.by) }));
  const view = toListView(definition, raw, { filters: {}, rows, total: rows.length });
  return {
    head: importHead('Import', view.canonical, errors.length > 0),
    errors,
    messages: messagesOf(errors),
    notice,
    form: { action: paths.staff.imports, list: list.name, date: list.date },
    most: `${mostUploaded / 1_048_576} megabytes`,
    days: uploadDays,
    waiting: uploads.map((upload) => ({
      name: upload.fileName,
      href: upload.state === 'open' ? uploadPath(upload.id) : importBatchPath(upload.batch ?? ''),
      text: waitingWords(upload, people),
      drop: upload.state === 'open' ? uploadPath(upload.id, 'drop') : '',
    })),
    listing: {
      list: view,
      downloads: [],
      empty: {
        title: 'Nothing was imported yet',
        text: 'What you accept is listed here, and can be undone as one step.',
        actions: [],
      },
    },
  };
}

function waitingWords(upload: ImportUpload, people: readonly Person[]): string {
  const { state, at, by, counts, rows } = upload;
  if (state === 'accepted') return 'It is being written.';
  const day = at.slice(0, 10);
  const found = counts ? countWords(counts) : formatCount(rows, 'row', 'rows');
  return `${found}; uploaded ${formatDate(day)} by ${whoImported(people, by)}, removed on ${formatDate(addDays(day, uploadDays))}`;
}
