// The way back of a closed group, open to anyone who belongs to it: they leave an address, and press the button of
// the link that is mailed to it. Whether the address is known is never told to whoever asks.
import { addDays, dayOf } from '../domain/dates.ts';
import { livenessOf } from '../domain/liveness.ts';
import { returnLinkDays, returnsAtOnce } from '../domain/still-here.ts';
import { returnLinkPath, wholeAddress } from '../paths.ts';
import type { Services } from '../services.ts';
import {
  addReturn,
  findReturn,
  findReturnByToken,
  type GroupReturn,
  noteReturnSeen,
  readReturnsOf,
  useReturn,
} from '../store/group-returns.ts';
import { normalAddress } from '../store/people.ts';
import { hashOf, parsePersonalToken } from '../survey/personal-link.ts';
import { changeGroup, confirmers, withConfirmation } from './change-group.ts';
import { returnToken } from './links.ts';
import { openAddressBook } from './who-is-asked.ts';

/** Mails the link; once a day for each group and address. */
export async function askToReturn(
  services: Pick<Services, 'store' | 'directory' | 'secret' | 'clock' | 'mail' | 'config'>,
  group: { readonly slug: string; readonly name: string; readonly contacts: readonly string[] },
  typed: string,
): Promise<void> {
  const { store, secret, clock, mail, config } = services;
  const address = normalAddress(typed);
  const now = clock();
  const day = dayOf(now);
  const token = returnToken(secret, group.slug, address, day);
  const tokenHash = hashOf(token);
  const known = (await openAddressBook(services)).allOf(group).includes(address);
  await addReturn(store, { group: group.slug, address, known, tokenHash }, now);
  const until = addDays(day, returnLinkDays);
  await mail.post({
    key: `bring-back ${tokenHash}`,
    to: address,
    purpose: 'bring-back',
    about: { kind: 'group', slug: group.slug },
    template: 'bring-back',
    useUntil: new Date(`${until}T23:59:59.999Z`),
    data: {
      groupName: group.name,
      link: wholeAddress(config.publicUrl, returnLinkPath(token)),
      until,
    },
  });
}

export type ReturnLink =
  | { readonly kind: 'unknown' | 'expired' }
  | { readonly kind: 'open' | 'used'; readonly asked: GroupReturn };

/** What the mailed link leads to at this moment. Reading it changes nothing. */
export async function openReturnLink(
  { store, clock }: Pick<Services, 'store' | 'clock'>,
  typed: unknown,
): Promise<ReturnLink> {
  const token = parsePersonalToken(typed);
  const asked = token === null ? undefined : await findReturnByToken(store, hashOf(token));
  if (!asked) return { kind: 'unknown' };
  if (asked.state !== 'asked') return { kind: 'used', asked };
  const until = addDays(asked.askedAt.slice(0, 10), returnLinkDays);
  return until < dayOf(clock()) ? { kind: 'expired' } : { kind: 'open', asked };
}

/** `waiting`: staff look at it first. `open`: the group is not closed any more, so nothing was to be done. */
export type ReturnOutcome = 'returned' | 'waiting' | 'open' | 'used';

/** The button of the mailed link. */
export async function returnGroup(
  services: Pick<Services, 'store' | 'directory' | 'clock'>,
  asked: GroupReturn,
): Promise<ReturnOutcome> {
  const { store, directory, clock } = services;
  const today = dayOf(clock());
  const group = (await directory.refresh()).findGroup(asked.group);
  if (!group || livenessOf(group, today).state !== 'closed') return 'open';
  const earlier = await readReturnsOf(store, asked.group);
  const state = returnsAtOnce(asked, earlier, today) ? 'returned' : 'waiting';
  if (!(await useReturn(store, asked.id, { state, closed: group.closed }, clock()))) return 'used';
  if (state === 'returned') await revive(services, asked, null);
  return state;
}

const revive = (
  services: Pick<Services, 'store' | 'directory' | 'clock'>,
  asked: GroupReturn,
  by: string | null,
) =>
  changeGroup(
    services,
    asked.group,
    (group) => withConfirmation(group, asked.known ? 'contact' : 'member', dayOf(services.clock())),
    { by, origin: 'web' },
  );

/**
 * Staff look at a return: they let it stand (or do it, where it waited), or undo it. Either way the address is erased.
 * False where there is no such return, or it was looked at before.
 */
export async function lookAtReturn(
  services: Pick<Services, 'store' | 'directory' | 'clock'>,
  id: string,
  decision: 'keep' | 'undo',
  by: string | null,
): Promise<boolean> {
  const { store, clock } = services;
  const asked = await findReturn(store, id);
  if (!asked || asked.seenAt !== null || asked.usedAt === null) return false;
  if (decision === 'keep' && asked.state === 'waiting') await revive(services, asked, by);
  if (decision === 'undo' && asked.state === 'returned') await closeAgain(services, asked, by);
  const state = decision === 'keep' ? 'returned' : 'undone';
  await noteReturnSeen(store, id, { by, state }, clock());
  return true;
}

/** The group as it was before; a sign of another kind that came in since stays, and may keep it open. */
const closeAgain = (
  services: Pick<Services, 'store' | 'directory' | 'clock'>,
  { group: slug, usedAt, closed, known }: GroupReturn,
  by: string | null,
) =>
  changeGroup(
    services,
    slug,
    (group) => ({
      ...group,
      closed: group.closed ?? closed,
      signs: group.signs.filter(
        ({ kind, date, source }) =>
          kind !== 'confirmed' ||
          date !== usedAt?.slice(0, 10) ||
          source !== confirmers[known ? 'contact' : 'member'],
      ),
    }),
    { by, origin: 'web' },
  );
