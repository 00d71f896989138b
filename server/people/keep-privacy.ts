// Erases what has done its work: addresses whose time is over, links and sessions that have ended. See keeping.ts for
// the figures. Safe to repeat, and to begin anew after a crash.
import { keepDays, keptSince } from '../domain/keeping.ts';
import type { Job } from '../jobs/job.ts';
import type { Services } from '../services.ts';
import { forgetOldLinks } from '../store/address-links.ts';
import { eraseOldSides } from '../store/erasing/introductions.ts';
import { eraseOldAddresses } from '../store/erasing/mails.ts';
import { eraseOldInvited, eraseOldReturns, eraseOldSenders } from '../store/erasing/traces.ts';
import { forgetEnded } from '../store/sessions.ts';
import { removeOldMailFiles } from './mail-files.ts';

export async function keepPrivacy({
  store,
  config,
  clock,
}: Pick<Services, 'store' | 'config' | 'clock'>): Promise<void> {
  const now = clock();
  const before = (days: number): Date => keptSince(now, days);
  await forgetEnded(store, now);
  await forgetOldLinks(store, now);
  await eraseOldAddresses(store, before(keepDays.mailAddress));
  await removeOldMailFiles(config, before(keepDays.mailAddress));
  await eraseOldSenders(store, {
    cameIn: before(keepDays.suggestionSender),
    decided: before(keepDays.toldSender),
  });
  await eraseOldReturns(store, before(keepDays.returnAddress));
  await eraseOldSides(store, before(keepDays.introductionSides));
  await eraseOldInvited(store, before(keepDays.invitationAddress));
}

export const keepPrivacyJob: Job = {
  name: 'keep-privacy',
  fromHour: 3,
  run: (services) => keepPrivacy(services),
};
