// For pages whose address is a secret: it goes to nobody, and no copy of the page is kept.
import type { Response } from 'express';

/** Other sites, and our own pages, learn the origin at most: never the path with its token. */
export function keepAddressPrivate(res: Response): void {
  res.set('referrer-policy', 'strict-origin');
  res.set('cache-control', 'private, no-store');
  res.set('x-robots-tag', 'noindex');
}
