// Where answers of the API meet HTTP: the headers that each carries, and handing good ones to the shared cache.
import type { Response } from 'express';
import type { Directory } from '../../directory/directory.ts';
import { withQuery } from '../../paths.ts';
import { openToEverySite } from '../../web/open-to-all.ts';
import { sendShared } from '../../web/render.ts';
import type { Answer } from './answer.ts';
import type { RawQuery } from './query.ts';

/** The one spelling of an address that is kept: the parameters in the order of the description. */
export function canonicalOf(path: string, names: readonly string[], raw: RawQuery): string {
  return withQuery(path, Object.fromEntries(names.map((name) => [name, raw[name]?.join(',')])));
}

/** Everything that an answer of the API says of itself. */
export const headersOf = (directory: Directory, answer: Answer): Answer['headers'] => ({
  ...openToEverySite,
  'crosswalk-revision': String(directory.revision),
  vary: 'Accept-Encoding',
  ...answer.headers,
});

/** @param canonical path and query that stand for this answer */
export function sendAnswer(
  res: Response,
  directory: Directory,
  answer: Answer,
  canonical: string,
): void {
  const headers = headersOf(directory, answer);
  if (answer.status === 200) {
    sendShared(res, directory, { type: answer.type, body: answer.body, canonical, headers });
    return;
  }
  res
    .status(answer.status)
    .set({ ...headers, 'cache-control': 'no-store', 'content-type': answer.type })
    .send(answer.body);
}
