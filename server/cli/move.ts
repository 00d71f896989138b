// `crosswalk move --to …`: everything from the embedded store to a MongoDB server, or back.
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { type Moved, type Moving, move } from '../backup/move.ts';
import { type Config, inDataDir } from '../config.ts';
import { openStoreAsItIs } from '../store/open-store.ts';
import { StoreUnavailable } from '../store/store-unavailable.ts';
import { replaceEmbedded, replaceOnServer } from '../store/whole/replacement.ts';
import { openSnapshot } from '../store/whole/snapshot.ts';
import { documentsIn } from '../store/whole/tally.ts';
import { copyProgress } from './copy-progress.ts';
import { countsOf, refusalOf } from './copy-words.ts';
import { type AnswerOptions, countLines, print } from './print.ts';
import { quietLog } from './quiet-log.ts';
import { withStoreAsItIs } from './with-store.ts';
import { WrongInput } from './wrong-input.ts';

interface MoveOptions extends AnswerOptions {
  readonly to: string;
  readonly yes?: boolean;
}

export function addMoveCommand(program: Command): void {
  program
    .command('move')
    .description('Copy everything from the store that the settings name into another one.')
    .requiredOption(
      '--to <where>',
      'an address of MongoDB, or "embedded" for the store in DATA_DIR',
    )
    .option('--yes', 'replace what the other store holds; that is kept as a backup')
    .option('--json', 'answer as one JSON object')
    .addHelpText(
      'after',
      `
The store that is copied stays as it is, and may be in use; what is written to it afterwards is not in the copy, so
stop the server first when you move for good. The copy is compared by count and checksum before it counts.

Examples:
  $ npm run -s crosswalk -- move --to "mongodb://localhost:27017/crosswalk?replicaSet=crosswalk"
  $ MONGODB_URI=mongodb://localhost:27017/crosswalk npm run -s crosswalk -- move --to embedded`,
    )
    .action(moveStore);
}

async function moveStore(options: MoveOptions): Promise<void> {
  const progress = copyProgress(options.json === true);
  const { onStart, onStep } = progress;
  await withStoreAsItIs(async (store, config) => {
    if (options.to === 'embedded' && store.embedded) {
      throw new WrongInput('The store is the embedded one already: MONGODB_URI is not set.');
    }
    try {
      const moved = await moveTo(options.to, config, {
        config,
        now: new Date(),
        from: () => openSnapshot(store),
        mayReplace: options.yes === true,
        onStart,
        onStep,
      });
      progress.end();
      printMoved(moved, config, options);
    } catch (error) {
      throw refusalOf(error, config.dataDir);
    } finally {
      progress.end();
    }
  });
}

async function moveTo(to: string, config: Config, moving: Omit<Moving, 'to'>): Promise<Moved> {
  if (to === 'embedded') return move({ ...moving, to: () => replaceEmbedded(config.dataDir) });
  if (!/^mongodb(\+srv)?:\/\//.test(to)) {
    throw new WrongInput('--to is an address that begins with mongodb://, or the word embedded.');
  }
  const other = await openStoreAsItIs({ ...config, mongodbUri: to }, quietLog()).catch(
    (error: unknown) => {
      if (!(error instanceof StoreUnavailable)) throw error;
      throw new WrongInput(error.message.replaceAll('MONGODB_URI', '--to'));
    },
  );
  try {
    return await move({ ...moving, to: () => replaceOnServer(other.connection) });
  } finally {
    await other.close();
  }
}

function printMoved({ collections, keptIn }: Moved, config: Config, options: MoveOptions): void {
  const next = nextSteps(options.to, config);
  print(
    {
      to: options.to === 'embedded' ? 'embedded' : 'mongodb',
      documents: documentsIn(collections),
      collections: countsOf(collections),
      keptIn,
      next,
    },
    [
      'Copied, and the same in both stores by count and checksum:',
      ...countLines(countsOf(collections)),
      ...(keptIn === null ? [] : [`What the other store held before is kept in ${keptIn}.`]),
      'Next:',
      ...next.map((step) => `  ${step}`),
    ],
    options,
  );
}

function nextSteps(to: string, config: Config): string[] {
  if (to === 'embedded') {
    return ['Unset MONGODB_URI and start Crosswalk: it reads DATA_DIR from then on.'];
  }
  const secret = inDataDir(config, 'secret');
  return [
    'Set MONGODB_URI to the address that you moved to, and start Crosswalk.',
    ...(config.authSecret === null && existsSync(secret)
      ? [
          `Set AUTH_SECRET to what stands in ${secret}: personal links and waiting mails follow from it.`,
        ]
      : []),
  ];
}
