// Where answers of the API meet HTTP: the headers that each carries, and handing good ones to the shared cache.
import type { RequestHandler, Response } from 'express';
import type { Directory } from '../../directory/directory.ts';
import { withQuery } from '../../paths.ts';
import { sendShared } from '../../web/render.ts';
import type { Answer } from './answer.ts';
import type { RawQuery } from './query.ts';

export const methods = 'GET, HEAD, OPTIONS';

/** Open to every site: there is nothing here that a visitor may not see, and no cookie is read. */
const open: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'ETag, Link, Crosswalk-Revision, Crosswalk-Sample-Data, Content-Disposition',
  'cross-origin-resource-policy': 'cross-origin',
};

/** On every answer under /api, errors too; answers a browser's question before it asks for more. */
export const openToAll: RequestHandler = (req, res, next) => {
  res.set(open);
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

/** The one spelling of an address that is kept: the parameters in the order of the description. */
export function canonicalOf(path: string, names: readonly string[], raw: RawQuery): string {
  return withQuery(path, Object.fromEntries(names.map((name) => [name, raw[name]?.join(',')])));
}

/** @param canonical path and query that stand for this answer */
export function sendAnswer(
  res: Response,
  directory: Directory,
  answer: Answer,
  canonical: string,
): void {
  const headers = {
    ...open,
    'crosswalk-revision': String(directory.revision),
    vary: 'Accept-Encoding',
    ...answer.headers,
  };
  if (answer.status === 200) {
    sendShared(res, directory, { type: answer.type, body: answer.body, canonical, headers });
    return;
  }
  res
    .status(answer.status)
    .set({ ...headers, 'cache-control': 'no-store', 'content-type': answer.type })
    .send(answer.body);
}
