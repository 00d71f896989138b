// The mails of one request: each address gets its own links, and each mail its own key, so that it leaves once.
import { createHash } from 'node:crypto';
import type { GroupEntry } from '../directory/directory.ts';
import { linkEnds } from '../domain/still-here.ts';
import type { OutgoingMail } from '../mail/outbox.ts';
import { groupPath, stillHerePath, wholeAddress } from '../paths.ts';
import type { Services } from '../services.ts';
import type { Confirmation } from '../store/confirmations.ts';
import { livenessText } from '../web/format.ts';
import { groupPlace } from '../web/place-words.ts';
import { confirmationToken } from './links.ts';

/** Says of which request and address a mail is, without the address. */
const keyOf = (
  { group, round }: Pick<Confirmation, 'group' | 'round'>,
  step: 'ask' | 'remind',
  address: string,
): string => {
  const mark = createHash('sha256').update(address).digest('hex').slice(0, 16);
  return `${keyStart({ group, round })}${step} ${mark}`;
};

/** How the keys of all mails of a request begin. */
export const keyStart = ({ group, round }: Pick<Confirmation, 'group' | 'round'>): string =>
  `still-here ${group} ${round} `;

/** The mail of a request's present step to one address. */
export function requestMail(
  { config, secret }: Pick<Services, 'config' | 'secret'>,
  request: Confirmation,
  group: GroupEntry,
  to: { readonly address: string; readonly today: string; readonly isLastCall: boolean },
): OutgoingMail {
  const isReminder = request.state === 'reminded';
  const token = confirmationToken(secret, request, to.address);
  const address = (path: string): string => wholeAddress(config.publicUrl, path);
  const until = linkEnds(request);
  return {
    key: keyOf(request, isReminder ? 'remind' : 'ask', to.address),
    to: to.address,
    purpose: 'still-here',
    about: { kind: 'group', slug: group.slug },
    template: 'still-here',
    listUnsubscribe: address(stillHerePath(token, 'no-more')),
    useUntil: new Date(`${until}T23:59:59.999Z`),
    data: {
      groupName: group.name,
      place: groupPlace(group),
      liveness: livenessText(group, to.today),
      page: address(groupPath(group.slug)),
      active: address(stillHerePath(token)),
      changed: address(stillHerePath(token, 'changed')),
      stopped: address(stillHerePath(token, 'stopped')),
      until,
      isReminder,
      isLastCall: to.isLastCall,
    },
  };
}
