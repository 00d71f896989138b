// Links that prove an address, in the store: hashes of their tokens alone. They end by themselves.
import { type AddressLinkRecord, addressLinkModel } from '../../models/address-link.ts';
import type { Store } from './store.ts';

export interface AddressLink {
  readonly use: AddressLinkRecord['use'];
  readonly address: string;
  /** Of a change: whose address it becomes. */
  readonly person: string | null;
}

export async function addAddressLink(
  store: Store,
  link: AddressLink & { readonly tokenHash: string; readonly expiresAt: Date },
): Promise<void> {
  await addressLinkModel(store.connection).create({ ...link });
}

/** The link of this use while it works. */
export async function findAddressLink(
  store: Store,
  use: AddressLink['use'],
  tokenHash: string,
  now: Date,
): Promise<AddressLink | undefined> {
  const found = await addressLinkModel(store.connection)
    .findOne({ tokenHash, use, expiresAt: { $gt: now } })
    .lean<AddressLinkRecord>();
  return found ? { use, address: found.address, person: found.person ?? null } : undefined;
}

/** Ends the links of an address, or of a person. Safe to repeat. */
export async function endAddressLinks(
  store: Store,
  of: { readonly address: string } | { readonly person: string },
): Promise<void> {
  await addressLinkModel(store.connection).deleteMany(of);
}

export async function forgetOldLinks(store: Store, now: Date): Promise<void> {
  await addressLinkModel(store.connection).deleteMany({ expiresAt: { $lte: now } });
}
