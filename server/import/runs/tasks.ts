// The long parts of an import that begins on the pages of staff: reading a file, comparing it, writing it, taking it
// back. They run in a thread of their own (worker.ts), or in this one where nothing is built.
import { randomUUID } from 'node:crypto';
import type { Gazetteer } from '../../directory/places/places.ts';
import type { RecordStep } from '../../domain/record-steps.ts';
import { addBatch, findBatch, type NewBatch } from '../../store/import-batches.ts';
import {
  type ImportUpload,
  noteCounts,
  readDecisions,
  releaseUpload,
  takeUpload,
} from '../../store/import-uploads.ts';
import { readRevision } from '../../store/revision.ts';
import type { Store } from '../../store/store.ts';
import { formatDate } from '../../web/format.ts';
import { applyImport, lease } from '../apply/apply-import.ts';
import { undoImport } from '../apply/undo-import.ts';
import { safeDecision } from '../compare/plan.ts';
import { countEntries, guessList, hashOf, type Prepared, prepareImport } from '../prepare.ts';
import type { Entry, ListName } from '../preview.ts';
import { guessColumns, isUsable, parseMapping } from '../read/columns.ts';
import { readFile } from '../read/read-file.ts';
import { RefusedFile } from '../read/refused.ts';
import { cellText, type Table } from '../read/table.ts';
import { keyOf, writePreview } from './rows-file.ts';
import { readUploaded } from './upload-files.ts';

export interface TaskContext {
  readonly store: Store;
  readonly places: () => Promise<Gazetteer>;
  readonly folder: string;
  readonly reachMiles: number;
  readonly clock: () => Date;
  readonly pause: () => Promise<void>;
  readonly signal: AbortSignal;
}

export type Task =
  | { readonly kind: 'read'; readonly id: string; readonly fileName: string }
  | { readonly kind: 'preview'; readonly upload: ImportUpload }
  /** Plans the import, and writes it. */
  | { readonly kind: 'accept'; readonly upload: ImportUpload }
  | { readonly kind: 'apply'; readonly batch: string }
  | { readonly kind: 'undo'; readonly batch: string };

/** What is known of a file once it is read. */
export type FileFacts = Pick<
  ImportUpload,
  | 'hash'
  | 'bytes'
  | 'format'
  | 'readAs'
  | 'rows'
  | 'columns'
  | 'samples'
  | 'notes'
  | 'mapping'
  | 'list'
>;

export type TaskOutcome =
  | { readonly kind: 'read'; readonly facts: FileFacts }
  | { readonly kind: 'done' }
  /** Stopped, or in other hands; it can be taken up again. */
  | { readonly kind: 'not-now' }
  /** The file cannot be used, in words. */
  | { readonly kind: 'refused'; readonly message: string };

export async function runTask(task: Task, context: TaskContext): Promise<TaskOutcome> {
  try {
    if (task.kind === 'read') return { kind: 'read', facts: await readFacts(task, context) };
    if (task.kind === 'preview') return await preview(task.upload, context);
    if (task.kind === 'accept' && !(await planOnce(task.upload, context))) {
      return { kind: 'not-now' };
    }
    if (task.kind === 'undo') {
      const undone = await undoImport(context, task.batch);
      return { kind: undone.kind === 'undone' ? 'done' : 'not-now' };
    }
    const name = task.kind === 'accept' ? String(task.upload.batch) : task.batch;
    const applied = await applyImport(context, name);
    return { kind: applied.kind === 'done' ? 'done' : 'not-now' };
  } catch (error) {
    if (error instanceof RefusedFile) return { kind: 'refused', message: error.message };
    throw error;
  }
}

const sampleCells = 3;
const sampleLength = 60;

async function readFacts(
  { id, fileName }: Extract<Task, { kind: 'read' }>,
  { folder }: TaskContext,
): Promise<FileFacts> {
  const bytes = await readUploaded(folder, id, '');
  if (bytes.length === 0) throw new RefusedFile('The file is empty.');
  const table = readFile(bytes);
  return {
    hash: hashOf(bytes),
    bytes: bytes.length,
    format: table.format,
    readAs: table.readAs,
    rows: table.rows.length,
    columns: table.columns,
    samples: table.columns.map((_, at) => sampleOf(table, at)),
    notes: table.notes.slice(0, 20),
    mapping: guessColumns(table).map((field) => field ?? ''),
    list: isOurs(table)
      ? // Our own exports say of each record when it was changed.
        { name: 'our own export', date: '2026' }
      : guessList(table.format, fileName),
  };
}

export const isOurs = ({ format }: Pick<Table, 'format'>): boolean => format.startsWith('our-');

function sampleOf({ rows }: Table, at: number): string {
  const texts: string[] = [];
  for (const { cells } of rows) {
    const text = cellText(cells[at]).replace(/\s+/g, ' ').trim();
    if (text === '') continue;
    texts.push(text.length > sampleLength ? `${text.slice(0, sampleLength)}…` : text);
    if (texts.length === sampleCells) break;
  }
  return texts.join(' · ');
}

async function prepare(
  { id, hash, mapping, list }: ImportUpload,
  { folder, store, places, reachMiles, pause }: TaskContext,
): Promise<Prepared> {
  const table = readFile(await readUploaded(folder, id, hash));
  const columns = parseMapping(table, mapping);
  if (!columns) throw new RefusedFile('The columns of the file are not those that were chosen.');
  if (!isOurs(table) && !isUsable(columns)) {
    throw new RefusedFile('No column holds a name or a place. Say which one does.');
  }
  return prepareImport(
    { store, places: await places(), reachMiles, pause },
    table,
    columns,
    list as ListName,
  );
}

async function preview(upload: ImportUpload, context: TaskContext): Promise<TaskOutcome> {
  const revision = await readRevision(context.store);
  const prepared = await prepare(upload, context);
  const counts = await writePreview(context.folder, upload.id, revision, prepared);
  await noteCounts(context.store, upload.id, counts);
  return { kind: 'done' };
}

/**
 * Keeps what shall be written, unless that was done before a stop. Of several processes one does it: each start takes
 * up what was accepted.
 * @returns false where it is in other hands
 */
async function planOnce(upload: ImportUpload, context: TaskContext): Promise<boolean> {
  const { store, clock } = context;
  const { id } = upload;
  const isPlanned = async (): Promise<boolean> =>
    (await findBatch(store, String(upload.batch))) !== undefined;
  if (await isPlanned()) return true;
  const heldBy = randomUUID();
  const take = (): Promise<boolean> => {
    const now = clock();
    return takeUpload(store, id, { heldBy, heldUntil: new Date(now.getTime() + lease) }, now);
  };
  if (!(await take())) return isPlanned();
  // A hold that could not be kept shows where it is needed: before the plan is written.
  const keeping = setInterval(() => void take().catch(() => undefined), lease / 3);
  try {
    const { batch, steps } = await plan(upload, context);
    if (!(await take())) return false;
    await addBatch(store, batch, steps);
    return true;
  } finally {
    clearInterval(keeping);
    await releaseUpload(store, id, heldBy);
  }
}

async function plan(
  upload: ImportUpload,
  context: TaskContext,
): Promise<{ readonly batch: NewBatch; readonly steps: readonly RecordStep[] }> {
  const { store, clock } = context;
  const prepared = await prepare(upload, context);
  const decisions = await readDecisions(store, upload.id);
  const keys = new Map<Entry, string>(
    prepared.entries.map((entry, at) => [entry, keyOf(entry, at)]),
  );
  const usual = { ...safeDecision, choice: upload.usual };
  const at = clock();
  const steps = prepared.plan((entry) => decisions.get(keys.get(entry) ?? '') ?? usual, at);
  const batch = {
    name: String(upload.batch),
    title: isOurs(upload)
      ? 'our own export'
      : `${upload.list.name}, ${formatDate(upload.list.date)}`,
    fileName: upload.fileName,
    hash: upload.hash,
    by: upload.by,
    at: at.toISOString(),
    counts: countEntries(prepared),
  };
  return { batch, steps };
}
