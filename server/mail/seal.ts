// Seals what a mail says while it waits in the store: AES-256-GCM under a key that is derived from the secret.
// The mail's own key is bound in, so that what was sealed for one mail cannot be opened as another's.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { keyFor } from '../keyed-hash.ts';

const version = 'v1';
const nonceBytes = 12;
const tagBytes = 16;

const keyFrom = (secret: string): Buffer => keyFor(secret, 'mail outbox');

/** Sealed text that only the same secret and the same mail key open again. */
export function seal(text: string, secret: string, mailKey: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', keyFrom(secret), nonce).setAAD(Buffer.from(mailKey));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return `${version}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
}

/** @throws when the text was changed, or sealed with another secret or for another mail. */
export function unseal(sealed: string, secret: string, mailKey: string): string {
  const [mark, text] = sealed.split('.');
  if (mark !== version || text === undefined) throw new Error('Not a sealed mail.');
  const bytes = Buffer.from(text, 'base64url');
  const decipher = createDecipheriv(
    'aes-256-gcm',
    keyFrom(secret),
    bytes.subarray(0, nonceBytes),
  ).setAAD(Buffer.from(mailKey));
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  const body = decipher.update(bytes.subarray(nonceBytes + tagBytes));
  return Buffer.concat([body, decipher.final()]).toString('utf8');
}
