// Answers that every other site may read: the API of our own and those of known clients.
import type { RequestHandler } from 'express';

export const methods = 'GET, HEAD, OPTIONS';

/** There is nothing here that a visitor may not see, and no cookie is read. */
export const openToEverySite: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'ETag, Link, Crosswalk-Revision, Crosswalk-Sample-Data, Content-Disposition',
  'cross-origin-resource-policy': 'cross-origin',
};

/** On every answer under /api, errors too; answers a browser's question before it asks for more. */
export const openToAll: RequestHandler = (req, res, next) => {
  res.set(openToEverySite);
  if (req.method !== 'OPTIONS') return next();
  res
    .set({
      allow: methods,
      'access-control-allow-methods': methods,
      'access-control-allow-headers': req.get('access-control-request-headers') ?? 'If-None-Match',
      'access-control-max-age': '86400',
    })
    .vary('Access-Control-Request-Headers')
    .status(204)
    .end();
};
