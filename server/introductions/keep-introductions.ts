// What time asks for: mails that a crash kept from the outbox, addresses that refused theirs, one reminder, the end
// after thirty days. Each step is written down before its mails, so this is safe to repeat at any moment.
import { dayOf } from '../domain/dates.ts';
import { dueStep } from '../domain/introduction.ts';
import type { Services } from '../services.ts';
import {
  endIntroduction,
  type Introduction,
  noteReminder,
  readIntroductionsIn,
  readUnposted,
} from '../store/introductions.ts';
import { findMailsAbout, type Mail } from '../store/mails.ts';
import { postMails } from './post-mails.ts';

/** Posts the mails of steps that were noted but not finished. */
export async function postMissingMails(services: Services, signal?: AbortSignal): Promise<void> {
  for (const one of await readUnposted(services.store)) {
    if (signal?.aborted) return;
    await postMails(services, one);
  }
}

export async function keepIntroductions(services: Services, signal?: AbortSignal): Promise<void> {
  await postMissingMails(services, signal);
  for (const one of await readIntroductionsIn(services.store, 'asked')) {
    if (signal?.aborted) return;
    const moved = await nextStep(services, one);
    if (moved) await postMails(services, moved);
  }
}

async function nextStep(services: Services, one: Introduction): Promise<Introduction | undefined> {
  const { store, clock } = services;
  const now = clock();
  if (await isRefusedEverywhere(services, one)) {
    return endIntroduction(store, one.id, { state: 'could-not-be-sent', problem: 'refused' }, now);
  }
  const due = dueStep(one, dayOf(now));
  if (due === 'expire') return endIntroduction(store, one.id, { state: 'expired' }, now);
  return due === 'remind' ? noteReminder(store, one.id, now) : undefined;
}

const isUndelivered = ({ state }: Mail): boolean => state === 'bounced' || state === 'failed';

/** No address took the mail that asked. */
async function isRefusedEverywhere({ store }: Services, one: Introduction): Promise<boolean> {
  const about = { kind: 'introduction', slug: one.id };
  const asking = (await findMailsAbout(store, about)).filter(({ key }) =>
    key.startsWith(`introduction ${one.id} ${one.round} request `),
  );
  return asking.length > 0 && asking.every(isUndelivered);
}
