// The questions in front of accepting a list, dropping it, and taking an import back.
import type { Preview } from '../../import/runs/rows-file.ts';
import { importBatchPath, paths, undoImportPath, uploadPath } from '../../paths.ts';
import type { ImportBatch } from '../../store/import-batches.ts';
import type { ImportUpload } from '../../store/import-uploads.ts';
import { formatCount, formatDate } from '../../web/format.ts';
import type { Page } from '../../web/render.ts';
import { countWords } from './list-page.ts';
import { type Crumb, importHead } from './words.ts';

export interface ConfirmPage extends Page {
  readonly crumbs: readonly Crumb[];
  readonly title: string;
  readonly sentences: readonly string[];
  readonly action: string;
  /** Null where there is nothing to do. */
  readonly button: string | null;
  readonly cancel: { readonly href: string; readonly label: string };
  /** The state of the directory that the preview was made of. */
  readonly revision: number | null;
}

const start: Crumb = { label: 'Import', href: paths.staff.imports };

export function acceptPage(
  upload: ImportUpload,
  { counts, revision }: Preview,
  decided: ReadonlyMap<string, number>,
): ConfirmPage {
  const { id, fileName, usual } = upload;
  const title = 'Accept this list?';
  const left = decided.get('left') ?? 0;
  const known = counts['unchanged'] ?? 0;
  const ours = [...decided.values()].reduce((sum, one) => sum + one, 0);
  return {
    head: importHead(title, uploadPath(id, 'accept')),
    crumbs: [start, { label: fileName, href: uploadPath(id) }, { label: title }],
    title,
    sentences: [
      `The list has ${countWords(counts)}${known === 0 ? '' : `; ${formatCount(known, 'row says', 'rows say')} nothing new`}.`,
      ours === 0
        ? 'Nobody decided on a single row.'
        : `${formatCount(ours, 'row was', 'rows were')} decided on, ${left} of them left.`,
      `${ours === 0 ? 'Everything' : 'Of the other rows everything'} is taken${usual === 'proposed' ? ', and what is proposed stands in for' : ' but'} what is doubtful (${formatCount(counts['suspicious'] ?? 0, 'row is', 'rows are')} suspicious).`,
      'What a person confirmed is kept where you did not tick it. Everything is written as one step and can be undone as one.',
    ],
    action: uploadPath(id, 'accept'),
    button: 'Accept the list',
    cancel: { href: uploadPath(id), label: 'No, look again' },
    revision,
  };
}

export function dropPage({ id, fileName }: ImportUpload): ConfirmPage {
  const title = 'Drop this list?';
  return {
    head: importHead(title, uploadPath(id, 'drop')),
    crumbs: [start, { label: fileName, href: uploadPath(id) }, { label: title }],
    title,
    sentences: [
      `The file ${fileName} is removed, with all that was decided about its rows. Nothing of it was written, so the directory stays as it is.`,
    ],
    action: uploadPath(id, 'drop'),
    button: 'Drop the list',
    cancel: { href: uploadPath(id), label: 'No, keep it' },
    revision: null,
  };
}

export function undoPage(batch: ImportBatch): ConfirmPage {
  const { name, title: list, at, steps, state } = batch;
  const title = 'Undo this import?';
  return {
    head: importHead(title, undoImportPath(name)),
    crumbs: [start, { label: list, href: importBatchPath(name) }, { label: title }],
    title,
    sentences:
      state === 'undone'
        ? [`${list} is undone already.`]
        : [
            `${list} was accepted on ${formatDate(at.slice(0, 10))} and wrote ${formatCount(steps, 'record', 'records')}. Each becomes again what it was before.`,
            'A record that somebody changed since, or that something refers to by now, stays as it is and is named afterwards.',
          ],
    action: undoImportPath(name),
    button: state === 'undone' ? null : 'Undo the import',
    cancel: { href: importBatchPath(name), label: 'No, go back' },
    revision: null,
  };
}
