// The links of these mails. Their tokens follow from the secret, so that a reminder carries the same link although
// the store holds a hash only; they are shaped like those of personal links and read with parsePersonalToken.
import { keyedToken } from '../keyed-hash.ts';

/** The token of one address in one request. */
export const confirmationToken = (
  secret: string,
  { group, round }: { readonly group: string; readonly round: number },
  address: string,
): string => keyedToken(secret, 'still here links', [group, round, address]);

/** The token with which an address brings a group back; another one each day. */
export const returnToken = (secret: string, group: string, address: string, day: string): string =>
  keyedToken(secret, 'bring back links', [group, address, day]);
