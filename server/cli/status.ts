// `crosswalk status`: where the store is, which revision it is at, and how many records it holds.
import type { Command } from 'commander';
import { countRecords } from '../store/counts.ts';
import { readRevision } from '../store/revision.ts';
import { type AnswerOptions, countLines, print } from './print.ts';
import { withStore } from './with-store.ts';

export function addStatusCommand(program: Command): void {
  program
    .command('status')
    .description('Say where the store is, its revision, and how many records it holds.')
    .option('--json', 'answer as one JSON object')
    .action(async (options: AnswerOptions) => {
      const status = await withStore(async (store) => ({
        store: store.description,
        revision: await readRevision(store),
        records: await countRecords(store),
      }));
      print(
        status,
        [`Store: ${status.store}`, `Revision: ${status.revision}`, ...countLines(status.records)],
        options,
      );
    });
}
