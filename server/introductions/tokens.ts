// The links in the mails of an introduction. Their tokens follow from the secret, so that a reminder carries the same
// link although the store holds hashes only; each round and each reader has another one.
import { keyedToken } from '../keyed-hash.ts';
import { introductionPath, noIntroductionsPath, wholeAddress } from '../paths.ts';

export const introductionToken = (
  secret: string,
  link: { readonly key: string; readonly round: number; readonly reader: string },
): string => keyedToken(secret, 'introduction links', [link.key, link.round, link.reader]);

/** In place of the hash of an address: the one in whose name staff ask. */
export const askerReader = 'asker';

export const introductionLink = (publicUrl: string, token: string): string =>
  wholeAddress(publicUrl, introductionPath(token));
export const noIntroductionsLink = (publicUrl: string, token: string): string =>
  wholeAddress(publicUrl, noIntroductionsPath(token));
