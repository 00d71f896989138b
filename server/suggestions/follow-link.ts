// The personal address under which a sender follows a suggestion. Its token follows from the secret and the
// suggestion's key, so that the mail with the decision carries the same link although the store holds a hash only.
import { keyedHash } from '../keyed-hash.ts';
import { suggestionPath, wholeAddress } from '../paths.ts';

/** 32 bytes as base64url: 43 characters, as parsePersonalToken expects. */
export const followToken = (secret: string, suggestionKey: string): string =>
  keyedHash(secret, 'suggestion links', suggestionKey).toString('base64url');

/** The whole address, for mails. */
export const followLink = (publicUrl: string, token: string): string =>
  wholeAddress(publicUrl, suggestionPath(token));
