// `crosswalk sign-in-link ADDRESS`: prints a link that signs somebody in who is known already.
import type { Command } from 'commander';
import { findPersonByAddress } from '../store/people.ts';
import { makeLink, parseAddress } from './make-link.ts';
import { type AnswerOptions, print } from './print.ts';
import { withStore } from './with-store.ts';
import { WrongInput } from './wrong-input.ts';

export function addSignInLinkCommand(program: Command): void {
  program
    .command('sign-in-link')
    .description('Print a link that signs somebody in, once; nothing is mailed.')
    .argument('<address>', 'the mail address of a person who was added')
    .option('--json', 'answer as one JSON object')
    .action(async (typed: string, options: AnswerOptions) => {
      const address = parseAddress(typed);
      const { link, minutes } = await withStore(async (store, config) => {
        if (!(await findPersonByAddress(store, address))) {
          throw new WrongInput(
            `Nobody has the address ${address}. Add them with: person add ${address} --role …`,
          );
        }
        return makeLink(store, config, address);
      });
      print(
        { address, link, minutes },
        [`Sign in within ${minutes} minutes, once: ${link}`],
        options,
      );
    });
}
