// The links in the mails of a subscription. Their tokens follow from the secret, so that every mail carries the same
// one although the store holds a hash only.
import { createHmac, hkdfSync } from 'node:crypto';
import { subscriptionPath, subscriptionStopPath } from '../paths.ts';

/** 32 bytes as base64url: 43 characters, as parsePersonalToken expects. */
function tokenOf(secret: string, parts: readonly string[]): string {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'crosswalk subscription links', 32));
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');
}

export const confirmToken = (secret: string, key: string): string =>
  tokenOf(secret, ['confirm', key]);

/** One for an address and a place for ever, so that the link of any mail stops whatever comes after it too. */
export const stopToken = (secret: string, address: string, placeKey: string): string =>
  tokenOf(secret, ['stop', address, placeKey]);

const whole = (publicUrl: string, path: string): string => publicUrl.replace(/\/$/, '') + path;

/** Whole addresses, for mails. */
export const confirmLink = (publicUrl: string, token: string): string =>
  whole(publicUrl, subscriptionPath(token));
export const stopLink = (publicUrl: string, token: string): string =>
  whole(publicUrl, subscriptionStopPath(token));
