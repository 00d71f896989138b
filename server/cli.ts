// The command line: `npm run crosswalk -- <command>`. A thin face on the same use cases as the pages;
// it works while the server runs, because it joins the same store. Each command has a file in cli/.
import { Command } from 'commander';
import { addBackupCommand } from './cli/backup.ts';
import { addCheckGroupsCommand } from './cli/check-groups.ts';
import { addDemoCommand } from './cli/demo.ts';
import { addExportCommand } from './cli/export.ts';
import { addImportCommand } from './cli/import.ts';
import { addMoveCommand } from './cli/move.ts';
import { addPersonCommand } from './cli/person.ts';
import { addRestoreCommand } from './cli/restore.ts';
import { addSeedCommand } from './cli/seed.ts';
import { addSignInLinkCommand } from './cli/sign-in-link.ts';
import { addStatusCommand } from './cli/status.ts';
import { addUndoCommand } from './cli/undo.ts';
import { addWaveCommand } from './cli/wave.ts';
import { WrongInput } from './cli/wrong-input.ts';
import { WrongSettings } from './config.ts';
import { StoreUnavailable } from './store/store-unavailable.ts';

const program = new Command('crosswalk')
  .description('Looks after a Crosswalk directory.')
  .usage('<command> [options]')
  .showHelpAfterError('(add --help to see what can be asked)')
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

addSeedCommand(program);
addStatusCommand(program);
addPersonCommand(program);
addSignInLinkCommand(program);
addWaveCommand(program);
addCheckGroupsCommand(program);
addImportCommand(program);
addUndoCommand(program);
addExportCommand(program);
addBackupCommand(program);
addRestoreCommand(program);
addMoveCommand(program);
addDemoCommand(program);

try {
  await program.parseAsync();
} catch (error) {
  const cannotUse =
    error instanceof WrongSettings ||
    error instanceof WrongInput ||
    error instanceof StoreUnavailable;
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = cannotUse ? 2 : 1;
}
