// People in the store: who may sign in and as what. Addresses stay here and in mails; the change log names
// a person by identifier only.
import { Types } from 'mongoose';
import { type PersonRecord, personModel } from '../../models/person.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { endingSessionsOf } from './sessions.ts';
import type { Store } from './store.ts';
import { readAgain, type Writing, writeTogether } from './write-together.ts';

export interface Person {
  readonly id: string;
  readonly address: string;
  readonly name: string;
  readonly staff: boolean;
  /** Slugs of the partners they answer for. */
  readonly partners: readonly string[];
  /** Slugs of the groups they organize. */
  readonly groups: readonly string[];
}

export type Roles = Pick<Person, 'staff' | 'partners' | 'groups'>;

type Found = PersonRecord & { readonly _id: unknown };

const toPerson = (record: Found): Person => ({
  id: String(record._id),
  address: record.email,
  name: record.name,
  staff: record.staff,
  partners: record.partners,
  groups: record.groups,
});

/** Addresses are compared in lower case, without blanks around them. */
export const normalAddress = (address: string): string => address.trim().toLowerCase();

/** Everybody, by address. */
export async function readPeople(store: Store): Promise<Person[]> {
  const records = await personModel(store.connection).find().sort({ email: 1 }).lean<Found[]>();
  return records.map(toPerson);
}

export async function findPersonByAddress(
  store: Store,
  address: string,
): Promise<Person | undefined> {
  const record = await personModel(store.connection)
    .findOne({ email: normalAddress(address) })
    .lean<Found>();
  return record ? toPerson(record) : undefined;
}

export async function findPerson(store: Store, id: string): Promise<Person | undefined> {
  if (!/^[0-9a-f]{24}$/.test(id)) return undefined;
  const record = await personModel(store.connection).findById(id).lean<Found>();
  return record ? toPerson(record) : undefined;
}

/** What is written in one step with a person; nothing where nothing is said. */
type Beside = readonly Writing[];

/**
 * Makes a person, or adds the roles to one who is there already.
 * Safe to repeat, and for two at once: roles are only ever added here.
 * @param beside what goes with it, of the person before, where there was one, and after
 */
export function addPerson(
  store: Store,
  address: string,
  roles: Roles & { readonly name?: string },
  now: Date,
  beside: (before: Person | undefined, after: Person) => Beside = () => [],
): Promise<Person> {
  return readAgain(async () => {
    const before = await findPersonByAddress(store, address);
    const after: Person = {
      id: before?.id ?? String(new Types.ObjectId()),
      address: normalAddress(address),
      name: roles.name || (before?.name ?? ''),
      staff: roles.staff || (before?.staff ?? false),
      partners: [...new Set([...(before?.partners ?? []), ...roles.partners])],
      groups: [...new Set([...(before?.groups ?? []), ...roles.groups])],
    };
    const { id, address: email, ...fields } = after;
    const account = { email, emailVerified: true, image: null };
    const document = { _id: new Types.ObjectId(id), ...account, ...fields, createdAt: now };
    const people = personModel(store.connection).collection.collectionName;
    await writeTogether(store, [
      before
        ? changing(store, before, fields, now)
        : { insert: people, documents: [{ ...document, updatedAt: now }] },
      ...beside(before, after),
    ]);
    return after;
  });
}

/**
 * Replaces what a person may do.
 * @param seen the person as they were read
 * @throws an error that isOvertaken knows, where they are not like that any more
 */
export const changeRoles = (
  store: Store,
  seen: Person,
  { staff, partners, groups }: Roles,
  now: Date,
  beside: Beside = [],
): Promise<void> =>
  writeTogether(store, [changing(store, seen, { staff, partners, groups }, now), ...beside]);

/**
 * Takes a person out, and ends their sessions; a link that waits for them opens nothing any more.
 * @param seen the person as they were read
 * @throws an error that isOvertaken knows, where they are not like that any more
 */
export const removePerson = (store: Store, seen: Person, beside: Beside = []): Promise<void> =>
  writeTogether(store, [
    {
      delete: personModel(store.connection).collection.collectionName,
      deletes: [{ q: asSeen(seen), limit: 1 }],
    },
    endingSessionsOf(store, seen.id),
    ...beside,
  ]);

const changing = (
  store: Store,
  seen: Person,
  fields: Partial<Roles> & { readonly name?: string },
  now: Date,
): Writing => ({
  update: personModel(store.connection).collection.collectionName,
  updates: [{ q: asSeen(seen), u: { $set: { ...fields, updatedAt: now } } }],
});

/** The person, while they may do the same as when they were read. */
const asSeen = ({ id, staff, partners, groups }: Person) => ({
  _id: new Types.ObjectId(id),
  staff,
  partners,
  groups,
});

/** How mails address somebody, as they say it themselves. False when nobody has this identifier. */
export async function renamePerson(
  store: Store,
  id: string,
  name: string,
  now: Date,
): Promise<boolean> {
  const { matchedCount } = await personModel(store.connection).updateOne(
    { _id: id },
    { $set: { name, updatedAt: now } },
    { timestamps: false },
  );
  return matchedCount === 1;
}

/** Gives a person another address to sign in with; `taken` where somebody has it. */
export async function moveAddress(
  store: Store,
  id: string,
  address: string,
  now: Date,
): Promise<'moved' | 'taken' | 'gone'> {
  try {
    const { matchedCount } = await personModel(store.connection).updateOne(
      { _id: id },
      { $set: { email: normalAddress(address), updatedAt: now } },
      { timestamps: false },
    );
    return matchedCount === 1 ? 'moved' : 'gone';
  } catch (error) {
    if (isDuplicateKey(error)) return 'taken';
    throw error;
  }
}
