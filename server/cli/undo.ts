// `crosswalk undo BATCH`: takes an import or a merge back as one step, and names the records that have to stay.
import type { Command } from 'commander';
import { undoImport } from '../import/apply/undo-import.ts';
import { findBatch, readBatches } from '../store/import-batches.ts';
import { formatDate } from '../web/format.ts';
import { type AnswerOptions, print } from './print.ts';
import { showProgress } from './progress.ts';
import { withStore } from './with-store.ts';
import { WrongInput } from './wrong-input.ts';

export function addUndoCommand(program: Command): void {
  program
    .command('undo')
    .description('Take an import or a merge back as one step. Without a name: list them.')
    .argument('[batch]', 'the name of the import')
    .option('--json', 'answer as one JSON object')
    .addHelpText(
      'after',
      `
Records that somebody changed since the import stay as they are and are named; then it ends with 1.

Examples:
  $ npm run -s crosswalk -- undo
  $ npm run -s crosswalk -- undo brigades-2023`,
    )
    .action(undo);
}

async function undo(name: string | undefined, options: AnswerOptions): Promise<void> {
  await withStore(async (store) => {
    if (name === undefined) {
      const imports = await readBatches(store, 50);
      const lines = imports.map(
        (one) =>
          `${one.name}  ${one.state}  ${formatDate(one.at.slice(0, 10))}  ${one.steps} records  ${one.title}`,
      );
      print({ imports }, lines.length > 0 ? lines : ['Nothing was imported yet.'], options);
      return;
    }
    const known = await findBatch(store, name);
    const progress = showProgress({
      label: 'records',
      total: known?.steps ?? 0,
      silent: options.json === true,
    });
    const undone = await undoImport(
      { store, clock: () => new Date(), onStep: (count) => progress.step(count) },
      name,
    );
    progress.end();
    if (undone.kind === 'unknown')
      throw new WrongInput(`There is no import called ${name}. List them with: undo`);
    if (undone.kind === 'conflict') {
      throw new WrongInput(
        `${name} is a merge, and goes back as a whole or not at all. Changed since: ${undone.records.join(', ')}.`,
      );
    }
    if (undone.kind === 'not-now') throw new WrongInput(undone.reason);
    const { left } = undone;
    print(
      { name, undone: true, left },
      [
        `${name} is undone.`,
        ...left.map((one) => `  stays as it is, because it was changed or is needed since: ${one}`),
      ],
      options,
    );
    if (left.length > 0) process.exitCode = 1;
  });
}
