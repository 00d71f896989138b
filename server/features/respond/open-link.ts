// What a personal link leads to at this moment. Reading it changes nothing, whoever does so and however often.
import type { Directory, PartnerEntry } from '../../directory/directory.ts';
import type { Report, Wave } from '../../domain/records.ts';
import { newestFirst } from '../../domain/reports.ts';
import type { Services } from '../../services.ts';
import { findByTokenHash, type Invitation } from '../../store/invitations.ts';
import { hashOf, parsePersonalToken } from '../../survey/personal-link.ts';

/** A link that leads to a form, or after the closing to what was answered. */
export interface LiveLink {
  readonly kind: 'open' | 'closed';
  readonly token: string;
  readonly directory: Directory;
  readonly invitation: Invitation;
  readonly partner: PartnerEntry;
  readonly wave: Wave;
  /** The partner's answers to this wave, newest first. */
  readonly answers: readonly Report[];
}

export type PersonalLink = LiveLink | { readonly kind: 'unknown' | 'replaced' | 'not-open' };

export async function openLink(services: Services, typed: unknown): Promise<PersonalLink> {
  const token = parsePersonalToken(typed);
  if (token === null) return { kind: 'unknown' };
  const found = await findByTokenHash(services.store, hashOf(token));
  if (found.kind === 'unknown') return { kind: 'unknown' };
  if (found.kind === 'revoked') return { kind: 'replaced' };
  const { invitation } = found;
  const directory = services.directory.current();
  const partner = directory.findPartner(invitation.partner);
  if (!partner) return { kind: 'unknown' };
  // The snapshot knows no drafts.
  const wave = directory.findWave(invitation.wave);
  if (!wave || wave.state === 'draft') return { kind: 'not-open' };
  return {
    kind: wave.state === 'open' ? 'open' : 'closed',
    token,
    directory,
    invitation,
    partner,
    wave,
    answers: answersOf(directory, partner.slug, wave.slug),
  };
}

/** What the partner itself said in a wave, or (null) between waves; newest first. */
export const answersOf = (
  directory: Directory,
  partner: string,
  wave: string | null,
): readonly Report[] =>
  directory
    .reportsOf(partner)
    .filter((report) => report.wave === wave && report.origin !== 'collaboration')
    .sort(newestFirst);
