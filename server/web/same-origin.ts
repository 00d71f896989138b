// The guard against forged writes: a browser says where a request comes from, and only our own pages may write.
// It follows Fetch Metadata with the Origin header as the fallback, as Go's net/http.CrossOriginProtection does.
import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { forbidden } from '../errors.ts';

const readOnly = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Tells whether a request may write.
 * A request with neither header does not come from a browser page, so nobody's cookie was borrowed for it.
 * @param publicOrigin the site's own origin, `https://crosswalk.example`
 */
export function mayWrite(
  req: Pick<IncomingMessage, 'method' | 'headers'>,
  publicOrigin: string,
): boolean {
  if (readOnly.has(req.method ?? 'GET')) return true;
  const site = req.headers['sec-fetch-site'];
  if (site === 'same-origin' || site === 'none') return true;
  const { origin } = req.headers;
  if (origin === undefined) return site === undefined;
  if (origin === publicOrigin) return true;
  const host = hostOf(origin);
  return site === undefined && host !== undefined && host === req.headers.host;
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}

/** Refuses every write that another site's page started. */
export function refuseForgedWrites(publicUrl: string): RequestHandler {
  const publicOrigin = new URL(publicUrl).origin;
  return (req, _res, next) => {
    if (mayWrite(req, publicOrigin)) return next();
    next(
      forbidden(
        'This form was sent from another site, so nothing was changed. Open the page here and send it again.',
      ),
    );
  };
}
