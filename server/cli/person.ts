// `crosswalk person add|list|remove|erase`: who may sign in, and as what. Adding prints a sign-in link, so that the
// first start of a site needs no mail server.
import { type Command, Option } from 'commander';
import { cleanText } from '../domain/clean-text.ts';
import { type Erased, erasePerson } from '../people/erase-person.ts';
import { invitePerson, takeOutPerson } from '../people/keep-people.ts';
import { openSecret } from '../secret.ts';
import { findPersonByAddress, type Person, readPeople } from '../store/people.ts';
import { programWriter } from '../store/writer.ts';
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

  person
    .command('erase')
    .description(
      'Erase everything kept of an address: account, contacts, mails, links, entries of logs.',
    )
    .argument('<address>', 'the mail address')
    .option('--json', 'answer as one JSON object')
    .action(erase);
}

async function add(typed: string, options: AddOptions): Promise<void> {
  const address = parseAddress(typed);
  const partners = options.partner ?? [];
  const groups = options.group ?? [];
  refuseHalfRoles(options.role, partners, groups);
  const added = await withStore(async (store, config) => {
    await refuseUnknownSlugs(store, { partners, groups });
    const { person, isNew } = await invitePerson(
      store,
      {
        address,
        staff: options.role.includes('staff'),
        partners,
        groups,
        name: cleanText(options.name ?? ''),
      },
      programWriter('command-line', new Date()),
    );
    return { known: !isNew, person, ...(await makeLink(store, config, address)) };
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
  await withStore(async (store) => {
    const person = await findPersonByAddress(store, address);
    if (!person) throw new WrongInput(`Nobody has the address ${address}.`);
    const writer = programWriter('command-line', new Date());
    const { kind } = await takeOutPerson(store, person.id, writer);
    if (kind === 'last-staff') throw new WrongInput(onlyStaff);
  });
  print({ removed: address }, [`Removed: ${address}. Their sessions have ended.`], options);
}

async function erase(typed: string, options: AnswerOptions): Promise<void> {
  const address = parseAddress(typed);
  const outcome = await withStore(async (store, config) =>
    erasePerson(
      { store, config, secret: await openSecret(config) },
      address,
      programWriter('command-line', new Date()),
    ),
  );
  if (outcome.kind === 'last-staff') throw new WrongInput(onlyStaff);
  print({ erased: outcome.erased }, [erasedInWords(outcome.erased)], options);
}

const onlyStaff =
  'Nobody else is staff: the last one has to stay. Make somebody else staff first, with: person add ADDRESS --role staff';

function erasedInWords(erased: Erased): string {
  const found = Object.entries(erased)
    .filter(([, count]) => count !== 0 && count !== false)
    .map(([kind, count]) => (count === true ? kind : `${kind}: ${count}`));
  return found.length > 0
    ? `Erased (${found.join(', ')}). Backups made before still hold it until they are removed.`
    : 'Nothing was kept of this address.';
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
