// The personal link of one partner for one wave. Its token follows from the secret and the issue of the
// invitation, so that a reminder carries the same link although the store holds a hash only.
import { createHash, createHmac, hkdfSync } from 'node:crypto';

/** 32 bytes as base64url: 43 characters. */
const tokenShape = /^[A-Za-z0-9_-]{43}$/;

/** Anything that is not shaped like a token is none. */
export const parsePersonalToken = (value: unknown): string | null =>
  typeof value === 'string' && tokenShape.test(value) ? value : null;

/** The token of a partner's link in a wave; the next issue has another one. */
export function personalToken(
  secret: string,
  link: { readonly wave: string; readonly partner: string; readonly issue: number },
): string {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'crosswalk personal links', 32));
  return createHmac('sha256', key)
    .update(JSON.stringify([link.wave, link.partner, link.issue]))
    .digest('base64url');
}

/** What the store keeps of a token, and looks it up by: equal tokens are found by an index, never compared. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
