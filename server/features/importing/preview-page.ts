// What a list would do to the directory, row by row, before anything is written.
import type { Directory } from '../../directory/directory.ts';
import { notFound } from '../../errors.ts';
import {
  type Preview,
  type PreviewRow,
  type RowFilter,
  rowFilters,
} from '../../import/runs/rows-file.ts';
import { paths, uploadPath, withQuery } from '../../paths.ts';
import type { ImportUpload, KeptDecision } from '../../store/import-uploads.ts';
import { type FieldError, messagesOf } from '../../web/form-fields.ts';
import { formatCount, formatDate } from '../../web/format.ts';
import { firstText, pageSize, type RawQuery } from '../../web/list.ts';
import { type PagerView, toPager } from '../../web/pager.ts';
import type { Page } from '../../web/render.ts';
import { type RowView, rowView } from './row-view.ts';
import { type Crumb, filterLabels, formatLabels, importHead } from './words.ts';

export interface PreviewPage extends Page {
  readonly crumbs: readonly Crumb[];
  readonly title: string;
  readonly facts: string;
  readonly notice: string;
  readonly trouble: string;
  readonly notes: readonly string[];
  readonly errors: readonly FieldError[];
  readonly kinds: readonly {
    readonly label: string;
    readonly count: number;
    readonly href: string;
    readonly current: boolean;
  }[];
  readonly count: string;
  readonly rows: readonly RowView[];
  readonly pager: PagerView | null;
  /** The form of the rows, and what it comes back to. */
  readonly action: string;
  readonly kind: string;
  readonly page: number;
  /** What is done with rows nobody decided on; null where no row has a proposal. */
  readonly takesProposals: boolean | null;
  readonly columns: string | null;
  readonly accept: string;
  readonly drop: string;
}

export interface RowsQuery {
  readonly filter: RowFilter | null;
  readonly page: number;
}

export function parseRowsQuery(raw: RawQuery): RowsQuery {
  const kind = firstText(raw, 'kind');
  const page = firstText(raw, 'page');
  return {
    filter: rowFilters.find((one) => one === kind) ?? null,
    page: /^[1-9]\d{0,4}$/.test(page) ? Number(page) : 1,
  };
}

export const previewAddress = (id: string, { filter, page }: RowsQuery, done = ''): string =>
  withQuery(uploadPath(id), { kind: filter, page: page === 1 ? null : page, done });

export interface PreviewParts {
  readonly directory: Directory;
  readonly upload: ImportUpload;
  readonly preview: Preview;
  readonly query: RowsQuery;
  readonly decisions: ReadonlyMap<string, KeptDecision | null>;
  readonly rows: readonly PreviewRow[];
  /** How many rows the filter leaves. */
  readonly fitting: number;
  readonly notice: string;
  readonly errors: readonly FieldError[];
}

/** The rows of one page, and how many there are over all pages. */
export async function readRows(
  preview: Preview,
  { filter, page }: RowsQuery,
): Promise<{ readonly rows: readonly PreviewRow[]; readonly fitting: number }> {
  const places = preview.find(filter);
  const shown = places.slice((page - 1) * pageSize, page * pageSize);
  if (page > 1 && shown.length === 0) throw notFound(`There is no page ${page} of these rows.`);
  return { rows: await preview.read(shown), fitting: places.length };
}

export function previewPage(parts: PreviewParts): PreviewPage {
  const { directory, upload, preview, query, decisions, rows, fitting, notice, errors } = parts;
  const { id, fileName, format, list } = upload;
  const isOurs = format.startsWith('our-');
  const total = preview.find(null).length;
  const messages = messagesOf(errors);
  const last = Math.max(1, Math.ceil(fitting / pageSize));
  const title = isOurs ? fileName : `${list.name}, ${formatDate(list.date)}`;
  const kinds = rowFilters.flatMap((filter) => {
    const count = preview.counts[filter] ?? 0;
    const current = query.filter === filter;
    if (count === 0 && !current) return [];
    const href = previewAddress(id, { filter: current ? null : filter, page: 1 });
    return [{ label: filterLabels[filter], count, href, current }];
  });
  const about = query.filter === null ? '' : `: ${filterLabels[query.filter].toLowerCase()}`;
  return {
    head: importHead(title, previewAddress(id, query), errors.length > 0),
    crumbs: [{ label: 'Import', href: paths.staff.imports }, { label: title }],
    title,
    facts: `${formatLabels[format]} in the file ${fileName}, read as ${upload.readAs}. Nothing is written before you accept.`,
    notice,
    trouble: upload.trouble,
    notes: upload.notes,
    errors,
    kinds,
    count: `${fitting} of ${formatCount(total, 'row', 'rows')}${about}`,
    rows: rows.map((row) =>
      rowView(row, {
        directory,
        usual: upload.usual,
        decision: decisions.get(row.key) ?? undefined,
        messages,
      }),
    ),
    pager: toPager(last, query.page, (page) => previewAddress(id, { ...query, page })),
    action: uploadPath(id, 'rows'),
    kind: query.filter ?? '',
    page: query.page,
    takesProposals: (preview.counts['suspicious'] ?? 0) > 0 ? upload.usual === 'proposed' : null,
    columns: isOurs ? null : uploadPath(id, 'columns'),
    accept: uploadPath(id, 'accept'),
    drop: uploadPath(id, 'drop'),
  };
}

export interface WaitingPage extends Page {
  readonly crumbs: readonly Crumb[];
  readonly title: string;
  readonly text: string;
  readonly again: string;
}

/** While the preview is made. */
export function waitingPage({ id, fileName, rows }: ImportUpload): WaitingPage {
  return {
    head: importHead(fileName, uploadPath(id)),
    crumbs: [{ label: 'Import', href: paths.staff.imports }, { label: fileName }],
    title: 'The preview is being made',
    text: `${formatCount(rows, 'row is', 'rows are')} being compared with the directory. This page looks again by itself every two seconds.`,
    again: uploadPath(id),
  };
}
