// What people send when they sign in, parsed: an address, a link's token, and where to go afterwards.
import { z } from 'zod';
import { paths } from '../../paths.ts';
import { longestNext } from '../../web/access.ts';

const address = z.string().trim().max(254).pipe(z.email());

export interface SignInForm {
  /** As typed. */
  readonly typed: string;
  /** The address in lower case, or null where it is none. */
  readonly address: string | null;
  readonly next: string;
}

export function parseSignInForm(body: Record<string, unknown> | undefined): SignInForm {
  const typed = String(body?.['address'] ?? '').slice(0, 254);
  const parsed = address.safeParse(typed);
  return {
    typed,
    address: parsed.success ? parsed.data.toLowerCase() : null,
    next: parseNext(body?.['next']),
  };
}

/** The token as mailed: letters alone; anything else is no token. */
export function parseToken(value: unknown): string | null {
  return typeof value === 'string' && /^[A-Za-z]{16,128}$/.test(value) ? value : null;
}

/**
 * Where to go after signing in: a path of our own, or '' where none was asked for.
 * Whatever a browser would take for another site (`//x`, `/\x`, `https:`) is dropped.
 */
export function parseNext(value: unknown): string {
  if (typeof value !== 'string' || value.length > longestNext) return '';
  try {
    const base = 'http://crosswalk.invalid';
    const url = new URL(value, base);
    const own = url.origin === base && /^\/(?![/\\])/.test(value);
    const path = url.pathname + url.search;
    return own && !path.startsWith('//') && url.pathname !== paths.signIn ? path : '';
  } catch {
    return '';
  }
}
