// Ends what a stop interrupted: invitations of an open wave that were not made yet, and a closed wave that was
// not frozen yet. Called once at start; does nothing where nothing is left to do.
import type { Services } from '../services.ts';
import { readWaves } from '../store/waves.ts';
import { freezeWave } from './freeze-wave.ts';
import { inTurn } from './in-turn.ts';
import { type Inviting, invitePartners } from './invite-partners.ts';

export async function finishWaves(services: Inviting & Pick<Services, 'log'>): Promise<void> {
  const { store, clock, log } = services;
  for (const wave of await readWaves(store)) {
    if (wave.state === 'open') {
      const { mails } = await invitePartners(services, wave);
      if (mails > 0) log.info({ wave: wave.slug, mails }, 'invitations were still to be sent');
    }
    if (wave.state === 'closed') {
      const freeze = () => freezeWave(store, wave.slug, clock());
      if (await inTurn(`wave ${wave.slug}`, freeze)) {
        log.info({ wave: wave.slug }, 'a closed wave was still to be frozen');
      }
    }
  }
}
