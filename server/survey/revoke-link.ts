// Takes the personal link of a partner back: from now on its page says so. What was answered stays.
import { conflict, notFound } from '../errors.ts';
import type { Services } from '../services.ts';
import { findInvitation } from '../store/invitations.ts';
import { revokeLink as revokeStoredLink } from '../store/link-steps.ts';
import type { Writer } from '../store/writer.ts';

/** @throws Problem (not found when the partner has no link in this wave, conflict when somebody replaced it just now). */
export async function revokeLink(
  { store }: Pick<Services, 'store'>,
  wave: string,
  partner: string,
  writer: Writer,
): Promise<void> {
  const invitation = await findInvitation(store, wave, partner);
  if (!invitation) throw notFound('This partner has no personal link in this wave.');
  if (invitation.revokedAt) return;
  if (await revokeStoredLink(store, invitation, writer)) return;
  throw conflict('Somebody changed this link just now. Look at it again first.');
}
