// The links in the mails of an introduction. Their tokens follow from the secret, so that a reminder carries the same
// link although the store holds hashes only; each round and each reader has another one.
import { createHmac, hkdfSync } from 'node:crypto';
import { introductionPath, noIntroductionsPath } from '../paths.ts';

/** 32 bytes as base64url: 43 characters, as parsePersonalToken expects. */
export function introductionToken(
  secret: string,
  link: { readonly key: string; readonly round: number; readonly reader: string },
): string {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'crosswalk introduction links', 32));
  return createHmac('sha256', key)
    .update(JSON.stringify([link.key, link.round, link.reader]))
    .digest('base64url');
}

/** In place of the hash of an address: the one in whose name staff ask. */
export const askerReader = 'asker';

export const introductionLink = (publicUrl: string, token: string): string =>
  publicUrl.replace(/\/$/, '') + introductionPath(token);
export const noIntroductionsLink = (publicUrl: string, token: string): string =>
  publicUrl.replace(/\/$/, '') + noIntroductionsPath(token);
