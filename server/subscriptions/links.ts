// The links in the mails of a subscription. Their tokens follow from the secret, so that every mail carries the same
// one although the store holds a hash only.
import { keyedToken } from '../keyed-hash.ts';
import { subscriptionPath, subscriptionStopPath, wholeAddress } from '../paths.ts';

export const confirmToken = (secret: string, key: string): string =>
  keyedToken(secret, 'subscription links', ['confirm', key]);

/** One for an address and a place for ever, so that the link of any mail stops whatever comes after it too. */
export const stopToken = (secret: string, address: string, placeKey: string): string =>
  keyedToken(secret, 'subscription links', ['stop', address, placeKey]);

/** Whole addresses, for mails. */
export const confirmLink = (publicUrl: string, token: string): string =>
  wholeAddress(publicUrl, subscriptionPath(token));
export const stopLink = (publicUrl: string, token: string): string =>
  wholeAddress(publicUrl, subscriptionStopPath(token));
