// `/embed/map`: the one page that other sites may show in a frame. Its content policy is its own, and it is mounted
// before anybody is recognized, so that it reads no cookie and is the same for everybody.
import { type Response, Router } from 'express';
import { paths } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { anyone } from '../../web/access.ts';
import { compress, preferredEncoding } from '../../web/encoding.ts';
import { sampleHeaders } from '../../web/export-name.ts';
import type { Delivery } from '../../web/render.ts';
import { framableHeaders } from '../../web/security.ts';
import { embedPage } from './embed-page.ts';
import { parseEmbedQuery } from './query.ts';

export function embeddingRoutes({
  directory,
  config,
}: Pick<Services, 'directory' | 'config'>): Router {
  const router = Router();
  const headers = framableHeaders(config);

  router.get(paths.embedMap, anyone, (req, res, next) => {
    const current = directory.current();
    const page = embedPage(current, parseEmbedQuery(req.query), config);
    const { version } = res.app.locals['delivery'] as Delivery;
    res.removeHeader('x-frame-options');
    res.set({
      ...headers,
      ...sampleHeaders(current),
      etag: `W/"${current.revision}-${current.today}-${version}"`,
      'cache-control': 'public, max-age=300',
      vary: 'Accept-Encoding',
    });
    res.render('embedding/map', { page }, (error: Error | null, html?: string) => {
      if (error || html === undefined) return next(error ?? new Error('The page is empty.'));
      sendCompressed(res, html).catch(next);
    });
  });

  return router;
}

/** Express answers 304 where the caller has this revision. */
async function sendCompressed(res: Response, html: string): Promise<void> {
  const encoding = preferredEncoding(res.req.headers['accept-encoding']);
  const body = await compress(Buffer.from(html), encoding);
  if (encoding !== 'identity') res.set('content-encoding', encoding);
  res.type('text/html; charset=utf-8').send(body);
}
