// Keeping the people who may sign in: inviting, changing what they may do, taking them out. Each step is in the change
// log by identifier and roles alone; addresses and names stay out of it. Nobody can take the last staff person away.
import { paths } from '../paths.ts';
import type { Services } from '../services.ts';
import {
  creationOf,
  type FieldChange,
  fieldChanges,
  logWriting,
  wholeRecord,
} from '../store/changes.ts';
import {
  addPerson,
  changeRoles,
  findPerson,
  type Person,
  type Roles,
  readPeople,
  removePerson,
} from '../store/people.ts';
import type { Store } from '../store/store.ts';
import { readAgain } from '../store/write-together.ts';
import type { Writer } from '../store/writer.ts';
import { inTurn } from '../survey/in-turn.ts';

export type KeepOutcome =
  | { readonly kind: 'done'; readonly person: Person }
  | { readonly kind: 'gone' }
  /** The only person left who is staff has to stay. */
  | { readonly kind: 'last-staff' }
  /** Somebody else changed the roles since; nothing was written. */
  | { readonly kind: 'conflict'; readonly now: Person };

const turn = 'keep people';

/** What a person may do, without who they are. */
export const rolesOf = ({ staff, partners, groups }: Roles): Roles => ({
  staff,
  partners: [...partners],
  groups: [...groups],
});

/** One text that tells roles apart, so that a form knows whether they are still what it was made from. */
export const markOf = ({ staff, partners, groups }: Roles): string =>
  JSON.stringify([staff, [...partners].sort(), [...groups].sort()]);

/**
 * Lets somebody sign in; roles are added to what somebody with this address may do already.
 * @returns the person, and whether nobody had the address before
 */
export function invitePerson(
  store: Store,
  invited: Roles & { readonly address: string; readonly name: string },
  writer: Writer,
): Promise<{ readonly person: Person; readonly isNew: boolean }> {
  return inTurn(turn, async () => {
    const { address, ...roles } = invited;
    let isNew = false;
    const person = await addPerson(store, address, roles, writer.now, (before, after) => {
      isNew = before === undefined;
      const { id } = after;
      const changes = before
        ? fieldChanges('person', id, rolesOf(before), rolesOf(after))
        : [creationOf('person', id, rolesOf(after))];
      return changes.length > 0 ? [logWriting(store, changes, writer)] : [];
    });
    return { person, isNew };
  });
}

/** @param seen markOf the roles as the form knew them; null writes over whatever they are */
export function changePerson(
  store: Store,
  id: string,
  roles: Roles,
  seen: string | null,
  writer: Writer,
): Promise<KeepOutcome> {
  return keep(async () => {
    const before = await findPerson(store, id);
    if (!before) return { kind: 'gone' };
    if (seen !== null && markOf(before) !== seen) return { kind: 'conflict', now: before };
    if (before.staff && !roles.staff && (await isLastStaff(store, id))) {
      return { kind: 'last-staff' };
    }
    const after = rolesOf(roles);
    const changes = fieldChanges('person', id, rolesOf(before), after);
    if (changes.length > 0) {
      await changeRoles(store, before, after, writer.now, [logWriting(store, changes, writer)]);
    }
    return { kind: 'done', person: { ...before, ...after } };
  });
}

/** Takes somebody out, and ends their sessions at once. */
export function takeOutPerson(store: Store, id: string, writer: Writer): Promise<KeepOutcome> {
  return keep(async () => {
    const before = await findPerson(store, id);
    if (!before) return { kind: 'gone' };
    if (before.staff && (await isLastStaff(store, id))) return { kind: 'last-staff' };
    const entry = { field: wholeRecord, before: rolesOf(before), after: null };
    const change: FieldChange = { record: 'person', slug: id, ...entry };
    await removePerson(store, before, [logWriting(store, [change], writer)]);
    return { kind: 'done', person: before };
  });
}

/** One after the other in this process; where another was faster, it is looked at anew. */
const keep = (step: () => Promise<KeepOutcome>): Promise<KeepOutcome> =>
  inTurn(turn, () => readAgain(step));

/** Mails somebody where to sign in, and what they can do there. Each step sends its own. */
export async function mailWelcome(
  { config, directory, mail }: Pick<Services, 'config' | 'directory' | 'mail'>,
  person: Person,
  { batch }: Writer,
): Promise<void> {
  const now = directory.current();
  const partners = person.partners.map((slug) => now.findPartner(slug)?.name ?? slug);
  const groups = person.groups.map((slug) => now.findGroup(slug)?.name ?? slug);
  await mail.post({
    key: `welcome ${person.id} ${batch}`,
    to: person.address,
    purpose: 'welcome',
    about: { kind: 'person', slug: person.id },
    template: 'welcome',
    data: {
      link: config.publicUrl + paths.signIn,
      roles: [
        ...(person.staff ? ['keep the directory as NNIP staff'] : []),
        ...partners.map((name) => `answer for ${name}, an NNIP partner`),
        ...groups.map((name) => `speak for ${name}, a civic tech group`),
      ],
    },
  });
}

async function isLastStaff(store: Store, id: string): Promise<boolean> {
  const people = await readPeople(store);
  return people.every((one) => one.id === id || !one.staff);
}
