// An import that was accepted: how far it is, and what came of it.
import type { Directory } from '../../directory/directory.ts';
import { importBatchPath, paths, undoImportPath, withQuery } from '../../paths.ts';
import type { ImportBatch } from '../../store/import-batches.ts';
import type { Person } from '../../store/people.ts';
import { kindLabel, recordLink } from '../../web/change-words.ts';
import { formatCount, formatDate } from '../../web/format.ts';
import type { Page } from '../../web/render.ts';
import { canUndo, countWords, whoImported } from './list-page.ts';
import { type Crumb, importHead, stateLabels } from './words.ts';

interface RecordLink {
  readonly kind: string;
  readonly text: string;
  readonly href: string | null;
}

export interface BatchPage extends Page {
  readonly crumbs: readonly Crumb[];
  readonly title: string;
  readonly lede: string;
  /** Null when nothing is going on. */
  readonly progress: {
    readonly label: string;
    /** Null while it is being planned: how much there is to write is not known. */
    readonly value: number | null;
    readonly most: number;
    readonly words: string;
    readonly again: string;
    /** Nobody here works on it: a button takes it up. */
    readonly goOn: string | null;
  } | null;
  readonly facts: readonly {
    readonly name: string;
    readonly value: string;
    readonly href: string | null;
  }[];
  readonly skipped: readonly RecordLink[];
  readonly left: readonly RecordLink[];
  readonly undo: string | null;
}

const isUnderWay = ({ state }: ImportBatch): boolean =>
  ['planned', 'applying', 'settling', 'undoing'].includes(state);

/** "group code-for-tulsa" as a link. */
function toLink(directory: Directory, label: string): RecordLink {
  const [kind = '', slug = ''] = label.split(/ (.*)/s);
  return { kind: kindLabel(kind), ...recordLink(directory, kind, slug) };
}

/** Something is going on, and nobody knows how much of it there is. */
const unknown = {
  label: 'How far the import is',
  value: null,
  most: 1,
  words: 'A moment, it is being worked on.',
  goOn: null,
} as const;

/** Before its plan is kept. */
export function plannedPage(name: string, fileName: string): BatchPage {
  return {
    head: importHead(fileName, importBatchPath(name)),
    crumbs: [{ label: 'Import', href: paths.staff.imports }, { label: fileName }],
    title: fileName,
    lede: 'The list is accepted.',
    progress: {
      ...unknown,
      words: 'What is to be written is being worked out.',
      again: importBatchPath(name),
    },
    facts: [],
    skipped: [],
    left: [],
    undo: null,
  };
}

export function batchPage(
  batch: ImportBatch,
  {
    directory,
    people,
    isWorkedOn,
  }: {
    readonly directory: Directory;
    readonly people: readonly Person[];
    readonly isWorkedOn: boolean;
  },
): BatchPage {
  const { name, title, at, by, steps, counts, state, skipped, left } = batch;
  return {
    head: importHead(title, importBatchPath(name)),
    crumbs: [{ label: 'Import', href: paths.staff.imports }, { label: title }],
    title,
    lede: ledeOf(batch),
    progress: progressOf(batch, isWorkedOn),
    facts: [
      { name: 'State', value: stateLabels[state], href: null },
      { name: 'Name', value: name, href: null },
      { name: 'File', value: batch.fileName || 'none', href: null },
      { name: 'In the preview', value: countWords(counts), href: null },
      {
        name: 'When',
        value: `${formatDate(at.slice(0, 10))}, ${at.slice(11, 16)} (UTC)`,
        href: null,
      },
      { name: 'Who', value: whoImported(people, by), href: null },
      ...(steps > 0
        ? [
            {
              name: 'Its changes',
              value: 'What was written, field by field',
              href: withQuery(paths.staff.changes, { batch: name }),
            },
          ]
        : []),
    ],
    skipped: skipped.map((one) => toLink(directory, one)),
    left: left.map((one) => toLink(directory, one)),
    undo: canUndo(batch) && steps > 0 ? undoImportPath(name) : null,
  };
}

function ledeOf({ state, steps, left }: ImportBatch): string {
  const records = formatCount(steps, 'record', 'records');
  if (state === 'undone') {
    return left.length === 0
      ? 'The import is undone: every record is as it was before.'
      : 'The import is undone, but for the records named below.';
  }
  if (state === 'undoing') return 'The import is being undone. Readers see it until that is done.';
  if (state !== 'done') return 'The import is being written. Readers see it when all is written.';
  return steps === 0
    ? 'Everything in the list was known already: nothing was written.'
    : `The import is done: ${records} ${steps === 1 ? 'was' : 'were'} written.`;
}

function progressOf(batch: ImportBatch, isWorkedOn: boolean): BatchPage['progress'] {
  if (!isUnderWay(batch))
    return isWorkedOn ? { ...unknown, again: importBatchPath(batch.name) } : null;
  const { name, state, chunks, chunksDone, steps } = batch;
  const isUndone = state === 'undoing';
  const part = chunks === 0 ? 1 : (isUndone ? chunks - chunksDone : chunksDone) / chunks;
  const done = Math.round(part * steps);
  return {
    label: 'How far the import is',
    value: done,
    most: Math.max(1, steps),
    words: `${done} of ${formatCount(steps, 'record', 'records')}`,
    again: importBatchPath(name),
    goOn: isWorkedOn ? null : importBatchPath(name),
  };
}
