// Takes the personal link of a partner back: from now on its page says so. What was answered stays.
import { notFound } from '../errors.ts';
import type { Services } from '../services.ts';
import { findInvitation, revokeLink as revokeStoredLink } from '../store/invitations.ts';
import type { Writer } from '../store/writer.ts';
import { logLinkStep } from './log-link-step.ts';

/** @throws Problem (not found) when the partner has no link in this wave. */
export async function revokeLink(
  { store }: Pick<Services, 'store'>,
  wave: string,
  partner: string,
  writer: Writer,
): Promise<void> {
  const invitation = await findInvitation(store, wave, partner);
  if (!invitation) throw notFound('This partner has no personal link in this wave.');
  if (invitation.revokedAt) return;
  await revokeStoredLink(store, invitation.id, writer.now);
  await logLinkStep(store, invitation, 'link taken back', writer);
}
