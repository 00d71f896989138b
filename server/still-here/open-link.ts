// What a link of such a mail leads to at this moment. Reading it changes nothing, whoever does so and however often.
import type { GroupEntry } from '../directory/directory.ts';
import { dayOf } from '../domain/dates.ts';
import { isAnswered, linkEnds } from '../domain/still-here.ts';
import type { Services } from '../services.ts';
import { type Confirmation, findConfirmationByToken } from '../store/confirmations.ts';
import { hashOf, parsePersonalToken } from '../survey/personal-link.ts';
import { confirmationToken } from './links.ts';
import { openAddressBook } from './who-is-asked.ts';

export interface KnownLink {
  /** `open` can be answered; `answered` was; `expired` is too old. */
  readonly kind: 'open' | 'answered' | 'expired';
  readonly token: string;
  readonly request: Confirmation;
  readonly group: GroupEntry;
}

export type StillHereLink = KnownLink | { readonly kind: 'unknown' };

export async function openStillHereLink(
  { store, directory, clock }: Pick<Services, 'store' | 'directory' | 'clock'>,
  typed: unknown,
): Promise<StillHereLink> {
  const token = parsePersonalToken(typed);
  const request = token === null ? undefined : await findConfirmationByToken(store, hashOf(token));
  const group = request && directory.current().findGroup(request.group);
  if (token === null || !request || !group) return { kind: 'unknown' };
  const link = { token, request, group };
  if (isAnswered(request)) return { ...link, kind: 'answered' };
  return { ...link, kind: linkEnds(request) < dayOf(clock()) ? 'expired' : 'open' };
}

/** The address that a link was mailed to, while it is still one of its group's; undefined where it is none any more. */
export async function addressOfLink(
  services: Pick<Services, 'store' | 'secret'>,
  { token, request, group }: KnownLink,
): Promise<{ readonly address: string; readonly person: string | null } | undefined> {
  const book = await openAddressBook(services);
  const address = book
    .allOf(group)
    .find((one) => confirmationToken(services.secret, request, one) === token);
  return address === undefined
    ? undefined
    : { address, person: book.personAt(address)?.id ?? null };
}
