// The headers that every answer carries. helmet decides them once, at start; answers that are kept ready
// and answers made by Express send the same list.
import type { IncomingMessage } from 'node:http';
import { ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Config } from '../config.ts';

export type Headers = Readonly<Record<string, string>>;

type Settings = Pick<Config, 'publicUrl' | 'tiles'>;

/** The content policy and its companions, as names and values ready to send. */
export const securityHeaders = (config: Settings): Headers => headersOf(config, false);

/**
 * Those of a page that every site may show in a frame: nothing can be sent from it, all else is as strict.
 * Whoever sends it takes off the X-Frame-Options that stands on every answer.
 */
export const framableHeaders = (config: Settings): Headers => headersOf(config, true);

function headersOf(config: Settings, isFramable: boolean): Headers {
  const overTls = config.publicUrl.startsWith('https:');
  const setHeaders = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', ...(config.tiles ? [tileOrigin(config.tiles.url)] : [])],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: [isFramable ? "'none'" : "'self'"],
        frameAncestors: [isFramable ? '*' : "'none'"],
        baseUri: ["'none'"],
        ...(overTls ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    ...(isFramable && {
      xFrameOptions: false,
      crossOriginResourcePolicy: { policy: 'cross-origin' as const },
    }),
    // "no-referrer" would turn the Origin of our own forms into "null", which the write guard reads.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: overTls ? { maxAge: 31_536_000, includeSubDomains: false } : false,
  });

  // helmet only sets headers on the response it is given; a blank one collects them.
  const blank = new ServerResponse({ method: 'GET', headers: {} } as IncomingMessage);
  setHeaders(blank as never, blank as never, () => undefined);
  const headers = Object.entries(blank.getHeaders()).map(([name, value]) => [name, String(value)]);
  return Object.freeze(Object.fromEntries(headers));
}

/** `https://{s}.tiles.example/{z}/{x}/{y}.png` → `https://*.tiles.example`. */
function tileOrigin(template: string): string {
  const origin = /^(https?:\/\/[^/]+)/.exec(template)?.[1] ?? "'none'";
  return origin.replace('{s}', '*');
}

export function sendSecurityHeaders(headers: Headers): RequestHandler {
  const list = Object.entries(headers);
  return (_req, res, next) => {
    for (const [name, value] of list) res.setHeader(name, value);
    next();
  };
}
