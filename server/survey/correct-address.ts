// Corrects the contact addresses of a partner, with an entry in the change log; while a wave that asks it is
// open, the invitation goes to every address that is new.
import { z } from 'zod';
import { notFound } from '../errors.ts';
import { mailAddress } from '../mail/outbox.ts';
import { readPartners } from '../store/partners.ts';
import { putPartner } from '../store/put-records.ts';
import { readWaves } from '../store/waves.ts';
import type { Writer } from '../store/writer.ts';
import { inTurn } from './in-turn.ts';
import { type Invited, type Inviting, invitePartners } from './invite-partners.ts';
import { isSameAddress } from './wave-mail.ts';

const most = 10;

export type ParsedAddresses =
  | { readonly ok: true; readonly addresses: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** Addresses as typed, one to a line or with commas between; none is allowed. */
export function parseAddresses(typed: string): ParsedAddresses {
  const texts = typed.split(/[\s,;]+/).filter((text) => text !== '');
  const wrong = texts.find((text) => !mailAddress.safeParse(text).success);
  if (wrong !== undefined) {
    return {
      ok: false,
      message: `“${wrong.slice(0, 60)}” is not a mail address: write it like ana@example.org`,
    };
  }
  const addresses = texts.filter(
    (text, index) => texts.findIndex((one) => isSameAddress(one, text)) === index,
  );
  return addresses.length > most
    ? { ok: false, message: `These are more than ${most} addresses: keep those that are needed` }
    : { ok: true, addresses: z.array(mailAddress).parse(addresses) };
}

/** @throws Problem (not found) when there is no such partner. */
export async function correctAddress(
  inviting: Inviting,
  slug: string,
  addresses: readonly string[],
  writer: Writer,
): Promise<Invited> {
  const { store } = inviting;
  await inTurn(`partner ${slug}`, async () => {
    const partner = (await readPartners(store)).find((one) => one.slug === slug);
    if (!partner) throw notFound(`There is no partner “${slug.slice(0, 40)}”.`);
    await putPartner(store, { ...partner, contacts: [...addresses] }, writer);
  });
  const open = (await readWaves(store)).find(({ state }) => state === 'open');
  return open ? invitePartners(inviting, open) : { mails: 0 };
}
