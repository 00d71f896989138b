// Links that prove an address: one shows and erases what is kept of it, one makes it the address of an account.
import { randomBytes } from 'node:crypto';
import { dataLinkHours } from '../domain/keeping.ts';
import { confirmAddressPath, myDataPath, paths, wholeAddress } from '../paths.ts';
import type { Services } from '../services.ts';
import {
  type AddressLink,
  addAddressLink,
  endAddressLinks,
  findAddressLink,
} from '../store/address-links.ts';
import { eraseVerifications } from '../store/erasing/traces.ts';
import { findPerson, moveAddress, normalAddress } from '../store/people.ts';
import { hashOf, parsePersonalToken } from '../survey/personal-link.ts';
import { isAnythingKept, readKeptData } from './kept-data.ts';

type Linking = Pick<Services, 'store' | 'secret' | 'clock' | 'mail' | 'config'>;

async function makeLink({ store, clock }: Linking, link: AddressLink) {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(clock().getTime() + dataLinkHours * 3_600_000);
  await addAddressLink(store, { ...link, tokenHash: hashOf(token), expiresAt });
  return { token, useUntil: expiresAt };
}

/** Mails the link where anything is kept of the address; nothing is sent to one that is not known. */
export async function mailDataLink(services: Linking, typed: string): Promise<void> {
  const address = normalAddress(typed);
  if (!isAnythingKept(await readKeptData(services, address))) return;
  const { token, useUntil } = await makeLink(services, { use: 'see', address, person: null });
  await services.mail.post({
    key: `your-data ${hashOf(token)}`,
    to: address,
    purpose: 'privacy',
    about: null,
    template: 'your-data',
    data: {
      link: wholeAddress(services.config.publicUrl, myDataPath(token)),
      hours: dataLinkHours,
    },
    useUntil,
  });
}

/** Mails the link that confirms a new address to that address. Asking again makes the earlier link useless. */
export async function mailAddressLink(
  services: Linking,
  person: string,
  typed: string,
): Promise<void> {
  const address = normalAddress(typed);
  await endAddressLinks(services.store, { person });
  const { token, useUntil } = await makeLink(services, { use: 'change', address, person });
  await services.mail.post({
    key: `new-address ${hashOf(token)}`,
    to: address,
    purpose: 'privacy',
    about: null,
    template: 'new-address',
    data: {
      link: wholeAddress(services.config.publicUrl, confirmAddressPath(token)),
      hours: dataLinkHours,
    },
    useUntil,
  });
}

/** What a mailed link stands for while it works. Writes nothing. */
export async function openAddressLink(
  { store, clock }: Pick<Services, 'store' | 'clock'>,
  use: AddressLink['use'],
  typed: unknown,
): Promise<AddressLink | undefined> {
  const token = parsePersonalToken(typed);
  return token === null ? undefined : findAddressLink(store, use, hashOf(token), clock());
}

/** The button of the link: the account has this address from now on. `taken`: somebody else's has. */
export async function confirmAddress(
  services: Linking,
  typed: unknown,
): Promise<'moved' | 'taken' | 'gone'> {
  const { store, clock, mail, config } = services;
  const link = await openAddressLink(services, 'change', typed);
  const before = link?.person ? await findPerson(store, link.person) : undefined;
  if (!link || !before) return 'gone';
  const outcome = await moveAddress(store, before.id, link.address, clock());
  if (outcome !== 'moved') return outcome;
  await eraseVerifications(store, before.address);
  if (before.address !== link.address) {
    await mail.post({
      key: `address-changed ${hashOf(String(typed))}`,
      to: before.address,
      purpose: 'privacy',
      about: null,
      template: 'address-changed',
      data: { link: wholeAddress(config.publicUrl, paths.askForData) },
    });
  }
  await endAddressLinks(store, { person: before.id });
  return 'moved';
}
