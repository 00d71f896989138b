// `crosswalk seed`: loads the starting directory into a store that has none.
import type { Command } from 'commander';
import { loadSeed } from '../store/seed/load-seed.ts';
import { type AnswerOptions, countLines, print } from './print.ts';
import { withStore } from './with-store.ts';

export function addSeedCommand(program: Command): void {
  program
    .command('seed')
    .description('Load the starting directory; kinds of records that are there already are left.')
    .option('--json', 'answer as one JSON object')
    .action(async (options: AnswerOptions) => {
      const { store, ...outcome } = await withStore(async (open) => ({
        store: open.description,
        ...(await loadSeed(open, new Date())),
      }));
      print(
        { store, ...outcome },
        outcome.anything
          ? [`Loaded the starting directory into the ${store}:`, ...countLines(outcome.created)]
          : [`Nothing to load: the ${store} has records of every kind already.`],
        options,
      );
    });
}
