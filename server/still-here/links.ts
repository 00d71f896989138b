// The links of these mails. Their tokens follow from the secret, so that a reminder carries the same link although
// the store holds a hash only; they are shaped like those of personal links and read with parsePersonalToken.
import { createHmac, hkdfSync } from 'node:crypto';

const tokenOf = (secret: string, use: string, parts: readonly (string | number)[]): string => {
  const key = Buffer.from(hkdfSync('sha256', secret, '', `crosswalk ${use} links`, 32));
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');
};

/** The token of one address in one request. */
export const confirmationToken = (
  secret: string,
  { group, round }: { readonly group: string; readonly round: number },
  address: string,
): string => tokenOf(secret, 'still here', [group, round, address]);

/** The token with which an address brings a group back; another one each day. */
export const returnToken = (secret: string, group: string, address: string, day: string): string =>
  tokenOf(secret, 'bring back', [group, address, day]);

/** The whole address, for mails. */
export const wholeAddress = (publicUrl: string, path: string): string =>
  publicUrl.replace(/\/$/, '') + path;
