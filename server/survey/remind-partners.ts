// Reminds the partners that have not answered: at the addresses where the invitation arrived, once a day at most.
import { dayOf } from '../domain/dates.ts';
import type { Wave } from '../domain/records.ts';
import { conflict } from '../errors.ts';
import { type Invitation, noteReminded } from '../store/invitations.ts';
import { findWave } from './find-wave.ts';
import { inTurn } from './in-turn.ts';
import { type Inviting, surveyWords } from './invite-partners.ts';
import { endOf, reminderKey } from './wave-mail.ts';
import { type Progress, readProgress } from './wave-progress.ts';

/** Somebody who may be reminded now. */
type Remindable = Progress & { readonly invitation: Invitation };

/** Asked, not answered, link not taken back, invitation not refused, and not reminded on this day. */
export const canBeReminded = (progress: Progress, now: Date): progress is Remindable => {
  const { invitation, answer, reached } = progress;
  const last = invitation?.remindedAt.at(-1);
  return (
    invitation !== null &&
    !answer &&
    !invitation.revokedAt &&
    reached.length > 0 &&
    (last === undefined || last.slice(0, 10) !== dayOf(now))
  );
};

/**
 * Posts one reminder to each address of those who may be reminded; how many partners that are.
 * @throws Problem (conflict) when the wave is not open or its closing day is over
 */
export async function remindPartners(inviting: Inviting, slug: string): Promise<number> {
  return inTurn(`reminders ${slug}`, async () => {
    const wave = await findWave(inviting.store, slug);
    if (wave.state !== 'open') throw conflict(`${wave.name} is not open: nobody is reminded.`);
    const now = inviting.clock();
    if (endOf(wave) < now) {
      throw conflict(`The closing day of ${wave.name} is over. Set a later one, then remind.`);
    }
    const partners = (await readProgress(inviting.store, wave)).filter((progress) =>
      canBeReminded(progress, now),
    );
    for (const progress of partners) await remind(inviting, wave, progress as Remindable, now);
    return partners.length;
  });
}

/** The mails first: a stop before the note makes the same mails again, which are then known already. */
async function remind(
  inviting: Inviting,
  wave: Wave,
  { partner, invitation, reached }: Remindable,
  now: Date,
): Promise<void> {
  const link = { wave: wave.slug, partner: partner.slug, issue: invitation.issue };
  for (const to of reached) {
    await inviting.mail.post({
      key: reminderKey(link, to, invitation.remindedAt.length + 1),
      to,
      purpose: 'reminder',
      about: { kind: 'partner', slug: partner.slug },
      wave: wave.slug,
      template: 'reminder',
      data: surveyWords(inviting, wave, partner, invitation),
      useUntil: endOf(wave),
    });
  }
  await noteReminded(inviting.store, invitation.id, now);
}
