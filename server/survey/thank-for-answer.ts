// Mails the thanks for an answer, with what was noted, to every address that the partner was asked at.
import { createHash } from 'node:crypto';
import { lastDay } from '../domain/dates.ts';
import type { Services } from '../services.ts';
import { findInvitation } from '../store/invitations.ts';
import { toAnswerLines } from './answer-words.ts';
import { linkTo } from './wave-mail.ts';

/**
 * One mail per answer and address, however often it is asked for. Nobody is mailed where nobody was invited.
 * The answer is filed already: a mail that cannot be written is logged, and undoes nothing.
 */
export async function thankForAnswer(
  services: Services,
  answered: { readonly partner: string; readonly wave: string; readonly report: string },
): Promise<void> {
  const { store, directory, mail, log } = services;
  const now = directory.current();
  const partner = now.findPartner(answered.partner);
  const wave = now.findWave(answered.wave);
  const report = now.reportsOf(answered.partner).find(({ id }) => id === answered.report);
  const invitation = await findInvitation(store, answered.wave, answered.partner);
  if (!partner || !wave || !report || !invitation || invitation.revokedAt) return;
  const data = {
    partnerName: partner.name,
    waveName: wave.name,
    link: linkTo(services, invitation),
    closes: lastDay(wave.closes),
    answers: toAnswerLines(now, report).map(({ question, answer }) => ({ question, answer })),
  };
  const sent = await Promise.allSettled(
    invitation.addresses.map((to) =>
      mail.post({
        key: `thanks ${report.id} ${shortHash(to)}`,
        to,
        purpose: 'thanks',
        about: { kind: 'partner', slug: partner.slug },
        wave: wave.slug,
        template: 'thanks',
        data,
      }),
    ),
  );
  const failed = sent.filter(({ status }) => status === 'rejected').length;
  if (failed > 0) log.warn({ partner: partner.slug, failed }, 'mails of thanks were not written');
}

const shortHash = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 16);
