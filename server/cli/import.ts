// `crosswalk import FILE`: shows what a list would change, and applies it if that is asked for.
// It works beside a running server, which shows the whole import once it is done.
import { readFile as readBytes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { loadGazetteer } from '../directory/places/load-gazetteer.ts';
import { cleanText } from '../domain/clean-text.ts';
import { toSlug } from '../domain/slug.ts';
import { applyImport } from '../import/apply/apply-import.ts';
import { type RowDecision, safeDecision } from '../import/compare/plan.ts';
import {
  countEntries,
  guessList,
  hashOf,
  type Prepared,
  prepareImport,
} from '../import/prepare.ts';
import type { Entry, ListName } from '../import/preview.ts';
import {
  type ColumnMapping,
  columnFields,
  guessColumns,
  isUsable,
  parseMapping,
} from '../import/read/columns.ts';
import { readFile } from '../import/read/read-file.ts';
import { RefusedFile } from '../import/read/refused.ts';
import type { Table } from '../import/read/table.ts';
import { built } from '../root.ts';
import {
  addBatch,
  findBatch,
  findTakenOver,
  type ImportBatch,
  readBatches,
} from '../store/import-batches.ts';
import { readRevision } from '../store/revision.ts';
import type { Store } from '../store/store.ts';
import { formatDate } from '../web/format.ts';
import { entryLines, summaryLines } from './import-lines.ts';
import { type AnswerOptions, print } from './print.ts';
import { showProgress } from './progress.ts';
import { withStore } from './with-store.ts';
import { WrongInput } from './wrong-input.ts';

interface ImportOptions extends AnswerOptions {
  readonly acceptAll?: boolean;
  readonly takeProposals?: boolean;
  readonly batch?: string;
  readonly list?: string;
  readonly date?: string;
  readonly columns?: string;
}

export function addImportCommand(program: Command): void {
  program
    .command('import')
    .description('Compare a list with the directory, and take it over if that is asked for.')
    .argument('<file>', 'JSON, GeoJSON, CSV or TSV: a list of groups, or one of our own exports')
    .option('--accept-all', 'apply everything but the doubtful values of suspicious rows')
    .option(
      '--take-proposals',
      'with --accept-all: put what is proposed in place of doubtful values',
    )
    .option('--batch <name>', 'what to call this import, for: undo <name>')
    .option('--list <name>', 'what the list is called, where the file does not tell')
    .option('--date <date>', 'the day the list is of, such as 2023-02-21')
    .option('--columns <fields>', 'what each column holds, parted by commas; blank passes one over')
    .option('--json', 'answer as one JSON object')
    .addHelpText(
      'after',
      `
Without --accept-all nothing is written. A value that a person confirmed is never overwritten here.
Columns can hold: ${columnFields.join(', ')}.
Ends with 0 if all went well, 1 if the command failed, 2 if the file cannot be read or was refused.

Examples:
  $ npm run -s crosswalk -- import organizations-2023-02-21.json
  $ npm run -s crosswalk -- import organizations-2023-02-21.json --accept-all --batch brigades-2023
  $ npm run -s crosswalk -- import groups.csv --list "Mayor's list" --date 2026-05 --columns name,,website,place
  $ npm run -s crosswalk -- undo brigades-2023`,
    )
    .action(importFile);
}

async function importFile(file: string, options: ImportOptions): Promise<void> {
  const bytes = await readBytes(file).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? 'it is a folder'
          : (error as Error).message;
    throw new WrongInput(`${file} cannot be read: ${why}.`);
  });
  const hash = hashOf(bytes);
  await withStore(async (store, { reachMiles }) => {
    const inputs = inputsOf(hash, file, options, reachMiles);
    const known = options.acceptAll ? await findTakenOver(store, inputs) : undefined;
    if (known) printKnown(known, file, options);
    else await compare(store, reachMiles, { bytes, hash, inputs, file, options });
  });
}

interface Given {
  readonly bytes: Uint8Array;
  readonly hash: string;
  readonly inputs: string;
  readonly file: string;
  readonly options: ImportOptions;
}

async function compare(store: Store, reachMiles: number, given: Given): Promise<void> {
  const { bytes, hash, inputs, file, options } = given;
  const table = tableOf(bytes, file);
  const mapping = mappingOf(table, options.columns);
  const list = listOf(table, file, options);
  const revision = await readRevision(store);
  const places = await loadGazetteer(join(built, 'gazetteer'));
  const comparison = await prepareImport({ store, places, reachMiles }, table, mapping, list);
  const counts = countEntries(comparison);
  const about = {
    file: basename(file),
    format: table.format,
    readAs: table.readAs,
    list,
    columns: columnsOf(table, mapping),
    counts,
  };
  if (!options.acceptAll) {
    const { entries } = comparison;
    print(
      { ...about, applied: false, entries },
      [
        ...summaryLines(about, table.notes),
        ...entryLines(entries),
        'Nothing was written. Add --accept-all to take it over.',
      ],
      options,
    );
    return;
  }
  const batch = await accept(store, comparison, {
    ...{ file, hash, inputs, list, counts, options, revision },
  });
  print(
    { ...about, applied: true, batch },
    [...summaryLines(about, table.notes), ...batchLines(batch)],
    options,
  );
}

/** The same file, said to be the same: what makes a difference to what comes of it, beside the directory. */
const inputsOf = (
  hash: string,
  file: string,
  { takeProposals, list, date, columns }: ImportOptions,
  reachMiles: number,
): string => {
  const said = [basename(file), takeProposals === true, list, date, columns, reachMiles];
  return hashOf(Buffer.from(JSON.stringify([hash, ...said])));
};

function printKnown({ name }: ImportBatch, file: string, options: ImportOptions): void {
  const about = { file: basename(file), applied: true, batch: null, takenOverAs: name };
  const words = `${basename(file)} was taken over as ${name}, and nothing changed since: nothing was written.`;
  print(about, [words], options);
}

function tableOf(bytes: Uint8Array, file: string): Table {
  try {
    return readFile(bytes);
  } catch (error) {
    if (error instanceof RefusedFile)
      throw new WrongInput(`${basename(file)} is refused. ${error.message}`);
    throw error;
  }
}

function mappingOf(table: Table, typed: string | undefined): ColumnMapping {
  const mapping =
    typed === undefined
      ? guessColumns(table)
      : parseMapping(
          table,
          typed.split(',').map((one) => one.trim()),
        );
  if (!mapping) {
    throw new WrongInput(
      `--columns must name ${table.columns.length} columns (${table.columns.join(', ')}), each blank or one of ${columnFields.join(', ')}.`,
    );
  }
  if (!isUsable(mapping)) {
    throw new WrongInput(
      `No column holds a name or a place. Say which does with --columns: the file has ${table.columns.join(', ')}.`,
    );
  }
  return mapping;
}

function listOf(table: Table, file: string, options: ImportOptions): ListName {
  const guessed = guessList(table.format, file);
  const list = {
    name: cleanText(options.list ?? guessed.name),
    date: options.date ?? guessed.date,
  };
  // Our own exports say of each record when it was changed.
  if (table.format.startsWith('our-')) return { name: 'our own export', date: '2026' };
  if (list.name === '')
    throw new WrongInput('What the list is called could not be told. Say it with --list NAME.');
  if (!/^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/.test(list.date)) {
    throw new WrongInput(
      'Which day the list is of could not be told. Say it with --date, such as --date 2023-02-21.',
    );
  }
  return list;
}

const columnsOf = (table: Table, mapping: ColumnMapping): Record<string, string | null> =>
  Object.fromEntries(table.columns.map((column, at) => [column, mapping[at] ?? null]));

interface Accepting {
  readonly file: string;
  readonly hash: string;
  readonly inputs: string;
  /** Of the directory that the file was compared with. */
  readonly revision: number;
  readonly list: ListName;
  readonly counts: Readonly<Record<string, number>>;
  readonly options: ImportOptions;
}

async function accept(
  store: Store,
  comparison: Prepared,
  accepting: Accepting,
): Promise<ImportBatch | null> {
  const { file, hash, inputs, revision, list, counts, options } = accepting;
  // The same file, accepted before and cut off: what was decided then goes on.
  const cutOff = (await readBatches(store, 50)).find(
    (one) => one.hash === hash && ['planned', 'applying', 'settling'].includes(one.state),
  );
  if (cutOff) return apply(store, cutOff.name, cutOff.steps, options);
  const now = new Date();
  const steps = comparison.plan(decisionFor(options), now);
  if (steps.length === 0) return null;
  const name = await nameFor(store, options.batch, file);
  const added = await addBatch(
    store,
    {
      name,
      title: `${list.name}, ${formatDate(list.date)}`,
      fileName: basename(file),
      hash,
      inputs,
      revision,
      by: null,
      at: now.toISOString(),
      counts,
    },
    steps,
  );
  if (added === 'name-taken')
    throw new WrongInput(
      `There is an import called ${name} already. Choose another name with --batch.`,
    );
  return apply(store, name, steps.length, options);
}

async function apply(
  store: Store,
  name: string,
  total: number,
  { json }: ImportOptions,
): Promise<ImportBatch> {
  const progress = showProgress({ label: 'records', total, silent: json === true });
  const clock = (): Date => new Date();
  const onStep = (count: number): void => progress.step(count);
  const applied = await applyImport({ store, clock, onStep }, name);
  progress.end();
  if (applied.kind !== 'done') {
    throw new Error(
      `The import ${name} is in other hands just now. Type the same again in a minute.`,
    );
  }
  return applied.batch;
}

const decisionFor =
  ({ takeProposals }: ImportOptions) =>
  (_entry: Entry): RowDecision =>
    takeProposals ? { ...safeDecision, choice: 'proposed' } : safeDecision;

/** The name that was asked for, else one that follows from the file's. */
async function nameFor(store: Store, asked: string | undefined, file: string): Promise<string> {
  if (asked !== undefined) {
    if (!/^[\w.-]{1,80}$/.test(asked))
      throw new WrongInput(
        'The name of a batch has letters, digits, points and hyphens, 80 at most.',
      );
    return asked;
  }
  const stem = toSlug(basename(file).replace(/\.[a-z]+$/i, '')) || 'import';
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? stem : `${stem}-${number}`;
    if (!(await findBatch(store, name))) return name;
  }
}

function batchLines(batch: ImportBatch | null): string[] {
  if (!batch) return ['Everything in it is known already: nothing was written.'];
  const skipped = batch.skipped.map(
    (one) => `  left, because somebody changed it meanwhile: ${one}`,
  );
  return [`Written: ${batch.steps} records. To take it back: undo ${batch.name}`, ...skipped];
}
