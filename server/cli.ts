// The command line: `npm run crosswalk -- <command>`. A thin face on the same use cases as the pages;
// it works while the server runs, because it joins the same store. Each command has a file in cli/.
import { Command, CommanderError } from 'commander';
import { WrongInput } from './cli/wrong-input.ts';
import { WrongSettings } from './config.ts';
import { StoreUnavailable } from './store/store-unavailable.ts';

const program = new Command('crosswalk')
  .description('Looks after a Crosswalk directory.')
  .usage('<command> [options]')
  .showHelpAfterError('(add --help to see what can be asked)')
  // Before the commands are added: they take it over.
  .exitOverride()
  .addHelpText(
    'after',
    `
Examples:
  $ npm run crosswalk -- status
  $ npm run crosswalk -- status --json
  $ DATA_DIR=/srv/crosswalk npm run crosswalk -- seed
  $ npm run crosswalk -- person add ana@example.org --role staff
  $ npm run crosswalk -- wave open 2026-07
  $ npm run crosswalk -- check-groups
  $ npm run crosswalk -- export --format zip --out crosswalk.zip
  $ npm run crosswalk -- backup

Settings come from the environment, as for the server: MONGODB_URI or DATA_DIR says which store is meant.
Ends with 0 if all went well, 1 if the command failed, 2 if the settings, the store or what was
typed cannot be used.`,
  );

/** In the order of the help. */
const commands: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  seed: async () => (await import('./cli/seed.ts')).addSeedCommand,
  status: async () => (await import('./cli/status.ts')).addStatusCommand,
  person: async () => (await import('./cli/person.ts')).addPersonCommand,
  'sign-in-link': async () => (await import('./cli/sign-in-link.ts')).addSignInLinkCommand,
  wave: async () => (await import('./cli/wave.ts')).addWaveCommand,
  'check-groups': async () => (await import('./cli/check-groups.ts')).addCheckGroupsCommand,
  import: async () => (await import('./cli/import.ts')).addImportCommand,
  undo: async () => (await import('./cli/undo.ts')).addUndoCommand,
  export: async () => (await import('./cli/export.ts')).addExportCommand,
  backup: async () => (await import('./cli/backup.ts')).addBackupCommand,
  restore: async () => (await import('./cli/restore.ts')).addRestoreCommand,
  move: async () => (await import('./cli/move.ts')).addMoveCommand,
  demo: async () => (await import('./cli/demo.ts')).addDemoCommand,
};

// Loading takes longer than most commands do: only the one that is asked for, and all where help is.
const [asked = ''] = process.argv.slice(2);
const wanted = Object.hasOwn(commands, asked) ? [asked] : Object.keys(commands);
for (const name of wanted) (await commands[name]?.())?.(program);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
  // Help, and what is wrong with the words of a command, are printed already.
  if (!(error instanceof CommanderError))
    console.error(error instanceof Error ? error.message : error);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const cannotUse =
    error instanceof WrongSettings ||
    error instanceof WrongInput ||
    error instanceof StoreUnavailable;
  return cannotUse ? 2 : 1;
}
