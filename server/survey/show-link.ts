// Shows a personal link to staff, to be handed over by phone; the change log remembers who looked at it.
import { conflict, notFound } from '../errors.ts';
import type { Services } from '../services.ts';
import { findInvitation } from '../store/invitations.ts';
import { noteLinkShown } from '../store/link-steps.ts';
import type { Writer } from '../store/writer.ts';
import { findWave } from './find-wave.ts';
import { linkTo } from './wave-mail.ts';

/**
 * The link in full.
 * @throws Problem (not found where there is none, conflict where it works no more)
 */
export async function showLink(
  services: Pick<Services, 'store' | 'config' | 'secret'>,
  slug: string,
  partner: string,
  writer: Writer,
): Promise<string> {
  const wave = await findWave(services.store, slug);
  const invitation = await findInvitation(services.store, slug, partner);
  if (!invitation) throw notFound('This partner has no personal link in this wave.');
  if (wave.state !== 'open' || invitation.revokedAt) {
    throw conflict('This link does not take answers any more.');
  }
  await noteLinkShown(services.store, invitation, writer);
  return linkTo(services, invitation);
}
