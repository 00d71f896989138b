// `crosswalk backup [FILE]`: everything in the store in one file, while the server runs.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { pathOfBackup } from '../backup/kept-backups.ts';
import { writeBackup } from '../backup/write-backup.ts';
import { openSnapshot } from '../store/whole/snapshot.ts';
import { copyProgress } from './copy-progress.ts';
import { countsOf } from './copy-words.ts';
import { isOfTheFolder } from './of-the-folder.ts';
import { type AnswerOptions, countLines, print } from './print.ts';
import { withStoreAsItIs } from './with-store.ts';
import { WrongInput } from './wrong-input.ts';

export function addBackupCommand(program: Command): void {
  program
    .command('backup')
    .description('Write everything in the store to one file. The server may run meanwhile.')
    .argument(
      '[file]',
      'where to; DATA_DIR/backups with the date as its name where nothing is said',
    )
    .option('--json', 'answer as one JSON object')
    .addHelpText(
      'after',
      `
The file holds private addresses and notes: keep it as such. Those in DATA_DIR/backups are removed after
BACKUP_KEEP_DAYS days; name a file elsewhere to keep it longer. DATA_DIR/secret (or AUTH_SECRET) is not in it:
keep that beside, or personal links and waiting mails are lost with the machine.

Examples:
  $ npm run -s crosswalk -- backup
  $ npm run -s crosswalk -- backup /mnt/safe/crosswalk.jsonl.gz
  $ npm run -s crosswalk -- backup --json | jq -r .file`,
    )
    .action(backup);
}

async function backup(file: string | undefined, options: AnswerOptions): Promise<void> {
  await withStoreAsItIs(async (store, config) => {
    const madeAt = new Date();
    const path = file === undefined ? pathOfBackup(config, madeAt, 'asked-for') : resolve(file);
    const progress = copyProgress(options.json === true);
    const { onStart, onStep } = progress;
    try {
      const { documents, collections } = await writeBackup({
        open: () => openSnapshot(store),
        path,
        madeAt,
        onStart,
        onStep,
      });
      print(
        { file: path, madeAt: madeAt.toISOString(), documents, collections: countsOf(collections) },
        [
          `Everything in the ${store.description} is in ${path}:`,
          ...countLines(countsOf(collections)),
        ],
        options,
      );
    } catch (error) {
      if (isOfTheFolder(error)) throw new WrongInput(`${path} cannot be written: ${error.message}`);
      throw error;
    } finally {
      progress.end();
    }
  });
}
