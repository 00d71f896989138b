// Hashes that only whoever has the secret can make: of links in mails, of stamps in forms, of addresses that are not
// kept. Each use has a key of its own, so that what was made for one means nothing in another.
import { createHmac, hkdfSync } from 'node:crypto';

/** 32 bytes for one use: HKDF (RFC 5869) over SHA-256. */
export const keyFor = (secret: string, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `crosswalk ${use}`, 32));

/** 32 bytes: HMAC (RFC 2104) over SHA-256. As base64url they are 43 characters, the shape of a token. */
export const keyedHash = (secret: string, use: string, text: string): Buffer =>
  keyedHasher(secret, use)(text);

/** The same for many texts: making the key takes longer than a hash. */
export const keyedHasher = (secret: string, use: string): ((text: string) => Buffer) => {
  const key = keyFor(secret, use);
  return (text) => createHmac('sha256', key).update(text).digest();
};

/** A token that follows from the secret, so that each mail carries the same link although the store holds a hash. */
export const keyedToken = (
  secret: string,
  use: string,
  parts: readonly (string | number)[],
): string => keyedHash(secret, use, JSON.stringify(parts)).toString('base64url');
