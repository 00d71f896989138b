// The personal link of one partner for one wave. Its token follows from the secret and the issue of the
// invitation, so that a reminder carries the same link although the store holds a hash only.
import { createHash } from 'node:crypto';
import { keyedToken } from '../keyed-hash.ts';

/** 32 bytes as base64url: 43 characters. */
const tokenShape = /^[A-Za-z0-9_-]{43}$/;

/** Anything that is not shaped like a token is none. */
export const parsePersonalToken = (value: unknown): string | null =>
  typeof value === 'string' && tokenShape.test(value) ? value : null;

/** The token of a partner's link in a wave; the next issue has another one. */
export const personalToken = (
  secret: string,
  link: { readonly wave: string; readonly partner: string; readonly issue: number },
): string => keyedToken(secret, 'personal links', [link.wave, link.partner, link.issue]);

/** What the store keeps of a token, and looks it up by: equal tokens are found by an index, never compared. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
