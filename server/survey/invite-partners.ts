// Makes sure that every partner that an open wave asks has its personal link, and a mail with it at each of its
// addresses. Safe to repeat at any time: what is there already is left, and the same mail is never sent twice.
import { isDeepStrictEqual } from 'node:util';
import type { Partner, Wave } from '../domain/records.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { Services } from '../services.ts';
import { addInvitation, type Invitation, noteAddresses } from '../store/invitations.ts';
import { hashOf, personalToken } from './personal-link.ts';
import { endOf, invitationKey, linkTo } from './wave-mail.ts';
import { type Progress, readProgress } from './wave-progress.ts';

/** What mails of a wave are written with; the command line posts without a sender of its own. */
export type Inviting = Pick<Services, 'store' | 'config' | 'secret' | 'clock'> & {
  readonly mail: Pick<Mailer, 'post'>;
};

export interface Invited {
  /** How many mails are new. */
  readonly mails: number;
}

/** Does nothing for a wave that is not open. */
export async function invitePartners(inviting: Inviting, wave: Wave): Promise<Invited> {
  if (wave.state !== 'open') return { mails: 0 };
  let mails = 0;
  for (const progress of await readProgress(inviting.store, wave)) {
    const invitation = await ensureInvitation(inviting, wave, progress);
    mails += await mailInvitation(inviting, wave, progress, invitation);
  }
  return { mails };
}

async function ensureInvitation(
  { store, secret, clock }: Inviting,
  wave: Wave,
  { partner, invitation, addresses }: Progress,
): Promise<Invitation> {
  if (invitation) return invitation;
  const first = { wave: wave.slug, partner: partner.slug, issue: 1 };
  const tokenHash = hashOf(personalToken(secret, first));
  return addInvitation(store, { ...first, addresses, tokenHash }, clock());
}

/** Who has answered, or whose link was taken back, is not asked; nor is anybody once the closing day is over. */
async function mailInvitation(
  inviting: Inviting,
  wave: Wave,
  progress: Progress,
  invitation: Invitation,
): Promise<number> {
  const isAskedNoMore = progress.answer || invitation.revokedAt || endOf(wave) < inviting.clock();
  if (isAskedNoMore) return 0;
  const link = { wave: wave.slug, partner: progress.partner.slug, issue: invitation.issue };
  let added = 0;
  for (const to of progress.addresses) {
    const isNew = await inviting.mail.post({
      key: invitationKey(link, to),
      to,
      purpose: 'invitation',
      about: { kind: 'partner', slug: progress.partner.slug },
      wave: wave.slug,
      template: 'invitation',
      data: {
        ...surveyWords(inviting, wave, progress.partner, invitation),
        introduction: wave.introduction,
      },
      useUntil: endOf(wave),
    });
    if (isNew) added += 1;
  }
  if (!isDeepStrictEqual(invitation.addresses, progress.addresses)) {
    const { store, clock } = inviting;
    await noteAddresses(store, invitation.id, progress.addresses, clock());
  }
  return added;
}

/** What an invitation and a reminder both say. */
export const surveyWords = (
  inviting: Pick<Services, 'config' | 'secret'>,
  wave: Wave,
  partner: Partner,
  { issue }: Pick<Invitation, 'issue'>,
) => ({
  partnerName: partner.name,
  waveName: wave.name,
  link: linkTo(inviting, { wave: wave.slug, partner: partner.slug, issue }),
  closes: wave.closes,
});
