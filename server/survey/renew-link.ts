// Gives a partner a new personal link and mails it; the old one says that it was replaced. The half answer stays.
import { conflict, notFound } from '../errors.ts';
import { findInvitation } from '../store/invitations.ts';
import { replaceLink } from '../store/link-steps.ts';
import { readPartners } from '../store/partners.ts';
import type { Writer } from '../store/writer.ts';
import { findWave } from './find-wave.ts';
import { type Invited, type Inviting, invitePartners } from './invite-partners.ts';
import { hashOf, personalToken } from './personal-link.ts';
import { usableAddresses } from './wave-mail.ts';

/** @throws Problem (not found, or conflict when the wave is not open or somebody else replaced the link just now). */
export async function renewLink(
  inviting: Inviting,
  slug: string,
  partner: string,
  writer: Writer,
): Promise<Invited> {
  const { store, secret } = inviting;
  const wave = await findWave(store, slug);
  if (wave.state !== 'open')
    throw conflict(`${wave.name} is not open: its links stay as they are.`);
  const invitation = await findInvitation(store, slug, partner);
  const record = (await readPartners(store)).find((one) => one.slug === partner);
  if (!invitation || !record) throw notFound('This partner has no personal link in this wave.');
  const next = { wave: slug, partner, issue: invitation.issue + 1 };
  const replaced = await replaceLink(
    store,
    invitation,
    { tokenHash: hashOf(personalToken(secret, next)), addresses: usableAddresses(record) },
    writer,
  );
  if (!replaced) throw conflict('Somebody replaced this link just now. Look at it again first.');
  return invitePartners(inviting, wave);
}
