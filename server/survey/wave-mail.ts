// What the mails of a wave have in common: which addresses they go to, the link in them, and the key that makes
// asking for the same mail twice one mail. Keys stay in the store, so they hold a mark of the address only.
import { createHash } from 'node:crypto';
import { lastDay } from '../domain/dates.ts';
import type { Partner, Wave } from '../domain/records.ts';
import { mailAddress } from '../mail/outbox.ts';
import { respondPath } from '../paths.ts';
import type { Services } from '../services.ts';
import { personalToken } from './personal-link.ts';

/** One link of one partner in one wave. */
export interface LinkName {
  readonly wave: string;
  readonly partner: string;
  readonly issue: number;
}

/** The addresses of a partner that mail can be sent to, each once, as they are written there. */
export function usableAddresses({ contacts }: Pick<Partner, 'contacts'>): readonly string[] {
  const usable = contacts.flatMap((contact) => {
    const parsed = mailAddress.safeParse(contact);
    return parsed.success ? [parsed.data] : [];
  });
  return usable.filter(
    (address, index) => usable.findIndex((one) => isSameAddress(one, address)) === index,
  );
}

/** Whether two addresses are one: people write them large and small. */
export const isSameAddress = (one: string, other: string): boolean =>
  one.toLowerCase() === other.toLowerCase();

const markOf = (address: string): string =>
  createHash('sha256').update(address.toLowerCase()).digest('hex').slice(0, 16);

export const invitationKey = (link: LinkName, address: string): string =>
  `invitation ${link.wave} ${link.partner} ${link.issue} ${markOf(address)}`;

/** @param count which reminder of this partner in this wave, from 1 */
export const reminderKey = (link: LinkName, address: string, count: number): string =>
  `reminder ${link.wave} ${link.partner} ${link.issue} ${markOf(address)} ${count}`;

/** Which issue of the link the mail with this key carries; null for mails of other kinds. */
export function issueIn(key: string): number | null {
  const found = /^(?:invitation|reminder) \S+ \S+ (\d+) /.exec(key);
  return found ? Number(found[1]) : null;
}

/** The personal link in full, as it stands in a mail. */
export const linkTo = (
  { config, secret }: Pick<Services, 'config' | 'secret'>,
  link: LinkName,
): string => config.publicUrl + respondPath(personalToken(secret, link));

/** The end of the last day on which answers are taken: a mail that asks for one is of no use after it. */
export const endOf = ({ closes }: Pick<Wave, 'closes'>): Date =>
  new Date(`${lastDay(closes)}T23:59:59.999Z`);
