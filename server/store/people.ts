// People in the store: who may sign in and as what. Addresses stay here and in mails; the change log names
// a person by identifier only.
import { type PersonRecord, personModel } from '../../models/person.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { endSessionsOf } from './sessions.ts';
import type { Store } from './store.ts';

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

/**
 * Makes a person, or adds the roles to one who is there already.
 * Safe to repeat, and for two at once: roles are only ever added here.
 */
export async function addPerson(
  store: Store,
  address: string,
  roles: Roles & { readonly name?: string },
  now: Date,
): Promise<Person> {
  const email = normalAddress(address);
  const model = personModel(store.connection);
  const add = () =>
    model
      .findOneAndUpdate(
        { email },
        {
          $setOnInsert: {
            emailVerified: true,
            image: null,
            createdAt: now,
            ...(roles.staff ? {} : { staff: false }),
            ...(roles.name ? {} : { name: '' }),
          },
          $set: {
            updatedAt: now,
            ...(roles.staff ? { staff: true } : {}),
            ...(roles.name ? { name: roles.name } : {}),
          },
          $addToSet: {
            partners: { $each: [...roles.partners] },
            groups: { $each: [...roles.groups] },
          },
        },
        { upsert: true, returnDocument: 'after', timestamps: false },
      )
      .lean<Found>();
  try {
    return toPerson((await add()) as Found);
  } catch (error) {
    if (isDuplicateKey(error)) return toPerson((await add()) as Found);
    throw error;
  }
}

/** Replaces what a person may do; undefined when nobody has this identifier. */
export async function changeRoles(
  store: Store,
  id: string,
  roles: Roles,
  now: Date,
): Promise<Person | undefined> {
  const record = await personModel(store.connection)
    .findByIdAndUpdate(
      id,
      {
        $set: {
          staff: roles.staff,
          partners: [...roles.partners],
          groups: [...roles.groups],
          updatedAt: now,
        },
      },
      { returnDocument: 'after', timestamps: false },
    )
    .lean<Found>();
  return record ? toPerson(record) : undefined;
}

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

/**
 * Takes a person out, and ends their sessions; a link that waits for them opens nothing any more.
 * Safe to repeat. Undefined when nobody has this identifier.
 */
export async function removePerson(store: Store, id: string): Promise<Person | undefined> {
  const record = await personModel(store.connection).findByIdAndDelete(id).lean<Found>();
  await endSessionsOf(store, id);
  return record ? toPerson(record) : undefined;
}
