// A signed time stamp in the form: a program that fills in forms sends them faster than a person can write,
// and cannot make itself an older stamp.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { keyedHash } from '../keyed-hash.ts';

/** Nobody fills the form in faster, milliseconds. */
export const leastMs = 3_000;
/** Longer than anybody leaves a form open. */
const mostMs = 24 * 3_600_000;

const sign = (secret: string, text: string): Buffer => keyedHash(secret, 'suggestion forms', text);

/** One for a form that is made now; no two are the same. */
export function makeStamp(secret: string, now: Date): string {
  const text = `${now.getTime()}.${randomBytes(12).toString('base64url')}`;
  return `${text}.${sign(secret, text).toString('base64url')}`;
}

export type StampReading =
  | { readonly kind: 'good' }
  /** Ours, but no person is that fast: the same stamp is good a moment later. */
  | { readonly kind: 'too-fast' }
  /** Not ours, or older than a day. */
  | { readonly kind: 'no-stamp' };

export function readStamp(secret: string, stamp: string, now: Date): StampReading {
  const parts = /^((\d{1,15})\.[\w-]{16})\.([\w-]{43})$/.exec(stamp);
  if (!parts) return { kind: 'no-stamp' };
  const [, text = '', time = '', signature = ''] = parts;
  const given = Buffer.from(signature, 'base64url');
  const ours = sign(secret, text);
  if (given.length !== ours.length || !timingSafeEqual(given, ours)) return { kind: 'no-stamp' };
  const age = now.getTime() - Number(time);
  if (age > mostMs) return { kind: 'no-stamp' };
  return { kind: age < leastMs ? 'too-fast' : 'good' };
}
