// What a group says of itself: that it is active, that it has stopped, or that it wants no more such mails.
// The door (a mailed link, or an account) is checked before; of one request the first answer counts.
import { dayOf } from '../domain/dates.ts';
import type { Group, PartialDate } from '../domain/records.ts';
import { closingOf, isAnswered, waitsForAnswer } from '../domain/still-here.ts';
import type { Services } from '../services.ts';
import {
  type Confirmation,
  readConfirmationsOf,
  type Settlement,
  settleConfirmation,
} from '../store/confirmations.ts';
import { hashAddress, keepDoNotWrite } from '../store/do-not-write.ts';
import { inTurn } from '../survey/in-turn.ts';
import { type Confirmer, changeGroup, sayers, withConfirmation } from './change-group.ts';

type Answering = Pick<Services, 'store' | 'directory' | 'clock'>;

export interface Answerer {
  readonly confirmer: Confirmer;
  /** Identifier of the person, where they have an account. */
  readonly by: string | null;
  /** The request that is answered; null for whoever is signed in, whose answer ends a request that waits. */
  readonly request: Pick<Confirmation, 'group' | 'round'> | null;
}

/**
 * Writes what a group said, and ends its request, or the one that waits. In this order: a stop in between leaves a
 * link that can be pressed again. False where the request was answered before: then nothing is written.
 */
export const answerOnce = (
  { store, clock }: Pick<Services, 'store' | 'clock'>,
  slug: string,
  { request, by }: Answerer,
  state: Settlement['state'],
  write: () => Promise<unknown>,
): Promise<boolean> =>
  inTurn(`still here ${slug}`, async () => {
    const requests = await readConfirmationsOf(store, slug);
    const meant = requests.filter((one) =>
      request ? one.round === request.round : waitsForAnswer(one),
    );
    if (request && meant.some(isAnswered)) return false;
    await write();
    for (const one of meant) await settleConfirmation(store, one, { state, by }, clock());
    return true;
  });

/** False where the request was answered before. */
export const confirmGroup = (
  services: Answering,
  slug: string,
  answerer: Answerer,
): Promise<boolean> =>
  answerOnce(services, slug, answerer, 'confirmed', () => {
    const today = dayOf(services.clock());
    const { confirmer, by } = answerer;
    const confirm = (group: Group) => withConfirmation(group, confirmer, today);
    return changeGroup(services, slug, confirm, { by, origin: 'web' });
  });

export interface Stopping {
  /** Why, in the group's own words, which are public; '' is none. */
  readonly word: string;
  /** When it stopped; null is not said. */
  readonly since: PartialDate | null;
}

/** False where the request was answered before. */
export const stopGroup = (
  services: Answering,
  slug: string,
  stopping: Stopping,
  answerer: Answerer,
): Promise<boolean> =>
  answerOnce(services, slug, answerer, 'stopped', () => {
    const told = { ...stopping, who: sayers[answerer.confirmer] };
    const today = dayOf(services.clock());
    const close = (group: Group) => ({ ...group, ...closingOf(group, told, today) });
    return changeGroup(services, slug, close, { by: answerer.by, origin: 'web' });
  });

/** Nobody writes to this address unasked any more; safe to repeat. */
export const refuseMails = (
  { store, secret, clock }: Pick<Services, 'store' | 'secret' | 'clock'>,
  address: string,
): Promise<void> => keepDoNotWrite(store, hashAddress(secret, address), 'still-here', clock());
