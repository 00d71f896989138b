// Who asked not to be written to unasked. The store keeps keyed hashes alone: nobody can read addresses out of it, and
// an address is found again only by whoever has it. Answers to what somebody asked for are not held back by it.
import { type DoNotWriteRecord, doNotWriteModel } from '../../models/do-not-write.ts';
import { keyedHasher } from '../keyed-hash.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { normalAddress } from './people.ts';
import type { Store } from './store.ts';

/** Gives the keyed hash under which an address is kept, whatever its case. */
const addressHasher = (secret: string): ((address: string) => string) => {
  const hash = keyedHasher(secret, 'do not write');
  return (address) => hash(normalAddress(address)).toString('hex');
};

/** The same for a single address. */
export const hashAddress = (secret: string, address: string): string =>
  addressHasher(secret)(address);

/** Keeps that somebody does not want to be written to; asking again changes nothing. */
export async function keepDoNotWrite(
  store: Store,
  hash: string,
  after: string,
  now: Date,
): Promise<void> {
  try {
    await doNotWriteModel(store.connection).create({ hash, after, createdAt: now, updatedAt: now });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

/** They may be written to again, because they said so. */
export async function endDoNotWrite(store: Store, hash: string): Promise<void> {
  await doNotWriteModel(store.connection).deleteOne({ hash });
}

/** Those of the hashes that are kept. */
export async function findDoNotWrite(
  store: Store,
  hashes: readonly string[],
): Promise<ReadonlySet<string>> {
  if (hashes.length === 0) return new Set();
  const records = await doNotWriteModel(store.connection)
    .find({ hash: { $in: [...hashes] } })
    .lean<DoNotWriteRecord[]>();
  return new Set(records.map(({ hash }) => hash));
}

/** Tells whether an address is not to be written to: read once for many. Few people ever ask for that. */
export async function readRefusals({
  store,
  secret,
}: {
  readonly store: Store;
  readonly secret: string;
}): Promise<(address: string) => boolean> {
  const records = await doNotWriteModel(store.connection)
    .find({}, { hash: 1, _id: 0 })
    .lean<Pick<DoNotWriteRecord, 'hash'>[]>();
  const kept = new Set(records.map(({ hash }) => hash));
  const hashOf = addressHasher(secret);
  return (address) => kept.size > 0 && kept.has(hashOf(address));
}

/** Those of the given that may be written to unasked, in their order. */
export async function mayBeWrittenTo<Contact extends { readonly address: string }>(
  { store, secret }: { readonly store: Store; readonly secret: string },
  contacts: readonly Contact[],
): Promise<readonly Contact[]> {
  const hashed = contacts.map((contact) => ({
    contact,
    hash: hashAddress(secret, contact.address),
  }));
  const kept = await findDoNotWrite(
    store,
    hashed.map(({ hash }) => hash),
  );
  return hashed.flatMap(({ contact, hash }) => (kept.has(hash) ? [] : [contact]));
}
