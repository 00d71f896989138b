// What a list is called, which day it is of, and what each of its columns holds: guessed, and set right here.
import type { ListName } from '../../import/preview.ts';
import { columnFields } from '../../import/read/columns.ts';
import { paths, uploadPath } from '../../paths.ts';
import type { ImportUpload } from '../../store/import-uploads.ts';
import { type FieldError, messagesOf, type OptionGroup } from '../../web/form-fields.ts';
import { formatCount } from '../../web/format.ts';
import type { Page } from '../../web/render.ts';
import { type Crumb, columnLabels, formatLabels, importHead } from './words.ts';

export interface ColumnsPage extends Page {
  readonly crumbs: readonly Crumb[];
  readonly title: string;
  readonly facts: string;
  readonly notes: readonly string[];
  readonly errors: readonly FieldError[];
  readonly messages: Readonly<Record<string, string>>;
  readonly action: string;
  readonly cancel: string;
  readonly list: string;
  readonly date: string;
  readonly columns: readonly {
    readonly id: string;
    readonly head: string;
    readonly sample: string;
    readonly groups: readonly OptionGroup[];
  }[];
  /** Decisions about rows go when the columns change. */
  readonly loses: boolean;
}

const optionsFor = (chosen: string): readonly OptionGroup[] => [
  {
    label: null,
    options: [
      { value: '', label: 'Pass over', selected: chosen === '' },
      ...columnFields.map((field) => ({
        value: field,
        label: columnLabels[field],
        selected: chosen === field,
      })),
    ],
  },
];

export function columnsPage(
  upload: ImportUpload,
  { list, mapping }: { readonly list: ListName; readonly mapping: readonly string[] },
  errors: readonly FieldError[],
): ColumnsPage {
  const { id, fileName, format, readAs, rows, notes, columns, samples } = upload;
  const title = 'What the list holds';
  return {
    head: importHead(title, uploadPath(id, 'columns'), errors.length > 0),
    crumbs: [
      { label: 'Import', href: paths.staff.imports },
      { label: fileName, href: uploadPath(id) },
      { label: title },
    ],
    title,
    facts: `${formatLabels[format]} with ${formatCount(rows, 'row', 'rows')} and ${formatCount(columns.length, 'column', 'columns')}, read as ${readAs}.`,
    notes,
    errors,
    messages: messagesOf(errors),
    action: uploadPath(id, 'columns'),
    cancel: upload.settled ? uploadPath(id) : uploadPath(id, 'drop'),
    list: list.name,
    date: list.date,
    columns: columns.map((head, at) => ({
      id: `column-${at}`,
      head,
      sample: samples[at] || 'blank in every row',
      groups: optionsFor(mapping[at] ?? ''),
    })),
    loses: upload.settled,
  };
}
