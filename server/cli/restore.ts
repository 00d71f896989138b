// `crosswalk restore FILE`: a backup in the place of everything that the store holds.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type Restored, type Restoring, restore } from '../backup/restore.ts';
import { type Config, readConfig } from '../config.ts';
import { replaceEmbedded, replaceOnServer } from '../store/whole/replacement.ts';
import { copyProgress } from './copy-progress.ts';
import { countsOf, refusalOf } from './copy-words.ts';
import { type AnswerOptions, countLines, print } from './print.ts';
import { withStoreAsItIs } from './with-store.ts';

interface RestoreOptions extends AnswerOptions {
  readonly yes?: boolean;
}

export function addRestoreCommand(program: Command): void {
  program
    .command('restore')
    .description('Put a backup in the place of everything in the store. Stop the server first.')
    .argument('<file>', 'a file that backup wrote')
    .option('--yes', 'replace what the store holds; that is kept as a backup')
    .option('--json', 'answer as one JSON object')
    .addHelpText(
      'after',
      `
The file is checked to its end before anything is replaced. Cut off in the middle, the store is the old one or the
new one, never a mixture. With MongoDB, stop every process of Crosswalk first: nobody else would notice.

Examples:
  $ npm run -s crosswalk -- restore data/backups/2026-11-22T06-00-12Z-nightly.jsonl.gz --yes
  $ DATA_DIR=/tmp/look npm run -s crosswalk -- restore crosswalk.jsonl.gz`,
    )
    .action(restoreFile);
}

async function restoreFile(file: string, options: RestoreOptions): Promise<void> {
  const config = readConfig(process.env);
  const progress = copyProgress(options.json === true);
  const { onStart, onStep } = progress;
  try {
    const restored = await restoreInto(config, {
      path: resolve(file),
      config,
      now: new Date(),
      mayReplace: options.yes === true,
      onStart,
      onStep,
    });
    progress.end();
    printRestored(restored, options);
  } catch (error) {
    throw refusalOf(error, config.dataDir);
  } finally {
    progress.end();
  }
}

const restoreInto = (config: Config, restoring: Omit<Restoring, 'open'>): Promise<Restored> =>
  config.mongodbUri === null
    ? restore({ ...restoring, open: () => replaceEmbedded(config.dataDir) })
    : withStoreAsItIs(({ connection }) =>
        restore({ ...restoring, open: () => replaceOnServer(connection) }),
      );

function printRestored({ backup, keptIn }: Restored, options: AnswerOptions): void {
  const { head, documents, collections } = backup;
  print(
    { madeAt: head.madeAt, documents, collections: countsOf(collections), keptIn },
    [
      `The store is as it was at ${head.madeAt}:`,
      ...countLines(countsOf(collections)),
      ...(keptIn === null ? [] : [`What was there before is kept in ${keptIn}.`]),
      'Whoever asked to be erased since then is in it again, and mails that waited then will be sent: see OPERATIONS.md.',
    ],
    options,
  );
}
