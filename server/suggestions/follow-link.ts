// The personal address under which a sender follows a suggestion. Its token follows from the secret and the
// suggestion's key, so that the mail with the decision carries the same link although the store holds a hash only.
import { createHmac, hkdfSync } from 'node:crypto';
import { suggestionPath } from '../paths.ts';

/** 32 bytes as base64url: 43 characters, as parsePersonalToken expects. */
export function followToken(secret: string, suggestionKey: string): string {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'crosswalk suggestion links', 32));
  return createHmac('sha256', key).update(suggestionKey).digest('base64url');
}

/** The whole address, for mails. */
export const followLink = (publicUrl: string, token: string): string =>
  publicUrl.replace(/\/$/, '') + suggestionPath(token);
