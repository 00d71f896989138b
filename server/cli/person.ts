// `crosswalk person add|list|remove`: who may sign in, and as what. Adding prints a sign-in link, so that the
// first start of a site needs no mail server.
import { type Command, Option } from 'commander';
import {
  addPerson,
  findPersonByAddress,
  type Person,
  readPeople,
  removePerson,
} from '../store/people.ts';
import type { Store } from '../store/store.ts';
import { makeLink, parseAddress } from './make-link.ts';
import { type AnswerOptions, print } from './print.ts';
import { refuseUnknownSlugs } from './unknown-slugs.ts';
import { withStore } from './with-store.ts';
import { WrongInput } from './wrong-input.ts';

const roleNames = ['staff', 'partner', 'organizer'] as const;

interface AddOptions extends AnswerOptions {
  readonly role: readonly (typeof roleNames)[number][];
  readonly partner?: readonly string[];
  readonly group?: readonly string[];
  readonly name?: string;
}

export function addPersonCommand(program: Command): void {
  const person = program.command('person').description('Say who may sign in, and as what.');

  person
    .command('add')
    .description('Let somebody sign in, or give them more roles; prints a link that signs them in.')
    .argument('<address>', 'their mail address')
    .addOption(
      new Option('--role <role...>', 'what they are; one or more')
        .choices(roleNames)
        .makeOptionMandatory(),
    )
    .option('--partner <slug...>', 'the NNIP partners they answer for')
    .option('--group <slug...>', 'the civic tech groups they organize')
    .option('--name <name>', 'how mails address them')
    .option('--json', 'answer as one JSON object')
    .action(add);

  person
    .command('list')
    .description('List everybody who may sign in.')
    .option('--json', 'answer as one JSON object')
    .action(list);

  person
    .command('remove')
    .description('Take somebody out, and end their sessions at once.')
    .argument('<address>', 'their mail address')
    .option('--json', 'answer as one JSON object')
    .action(remove);
}

async function add(typed: string, options: AddOptions): Promise<void> {
  const address = parseAddress(typed);
  const partners = options.partner ?? [];
  const groups = options.group ?? [];
  refuseHalfRoles(options.role, partners, groups);
  const added = await withStore(async (store, config) => {
    await refuseUnknownSlugs(store, { partners, groups });
    const known = await findPersonByAddress(store, address);
    const person = await addPerson(
      store,
      address,
      {
        staff: options.role.includes('staff'),
        partners,
        groups,
        ...(options.name ? { name: options.name } : {}),
      },
      new Date(),
    );
    return { known: known !== undefined, person, ...(await makeLink(store, config, address)) };
  });
  print(
    { ...toAnswer(added.person), link: added.link, minutes: added.minutes },
    [
      `${added.known ? 'Was there already' : 'Added'}: ${inWords(added.person)}.`,
      `Sign in within ${added.minutes} minutes, once: ${added.link}`,
    ],
    options,
  );
}

async function list(options: AnswerOptions): Promise<void> {
  const people = await withStore(readPeople);
  print(
    { people: people.map(toAnswer) },
    people.length > 0
      ? people.map(inWords)
      : ['Nobody may sign in yet. Add somebody with: person add ADDRESS --role staff'],
    options,
  );
}

async function remove(typed: string, options: AnswerOptions): Promise<void> {
  const address = parseAddress(typed);
  await withStore(async (store: Store) => {
    const person = await findPersonByAddress(store, address);
    if (!person) throw new WrongInput(`Nobody has the address ${address}.`);
    await removePerson(store, person.id);
  });
  print({ removed: address }, [`Removed: ${address}. Their sessions have ended.`], options);
}

function refuseHalfRoles(
  roles: AddOptions['role'],
  partners: readonly string[],
  groups: readonly string[],
): void {
  const halves = [
    {
      role: 'partner',
      option: '--partner',
      slugs: partners,
      whose: 'which partner they answer for',
    },
    { role: 'organizer', option: '--group', slugs: groups, whose: 'which group they organize' },
  ] as const;
  for (const { role, option, slugs, whose } of halves) {
    const asked = roles.includes(role);
    if (asked && slugs.length === 0) {
      throw new WrongInput(`With --role ${role}, say ${whose}: ${option} SLUG.`);
    }
    if (!asked && slugs.length > 0) {
      throw new WrongInput(`${option} goes with --role ${role}.`);
    }
  }
}

const toAnswer = ({ address, name, staff, partners, groups }: Person) => ({
  address,
  name,
  staff,
  partners,
  groups,
});

function inWords({ address, staff, partners, groups }: Person): string {
  const roles = [
    ...(staff ? ['staff'] : []),
    ...(partners.length > 0 ? [`partner (${partners.join(', ')})`] : []),
    ...(groups.length > 0 ? [`organizer (${groups.join(', ')})`] : []),
  ];
  return `${address}, ${roles.join(', ') || 'no role'}`;
}
