// The addresses of a record that was merged into another lead to that one: pages, forms and the API alike. They lead
// there as long as the two are one record, so nobody is told to remember it for ever.
import { type RequestHandler, Router } from 'express';
import { paths } from '../paths.ts';
import type { Services } from '../services.ts';
import { openToAll } from './open-to-all.ts';

export function redirectMergedGroups({ directory }: Pick<Services, 'directory'>): Router {
  const router = Router();
  const redirect = (base: string): RequestHandler => {
    return (req, res, next) => {
      const slug = String(req.params['slug']);
      const group = directory.current().findGroup(slug);
      if (!group || group.slug === slug) return next();
      const rest = req.originalUrl.slice(`${base}/${encodeURIComponent(slug)}`.length);
      // A form that was open while they were merged is sent on as it is.
      const status = req.method === 'GET' || req.method === 'HEAD' ? 301 : 308;
      res.set('cache-control', 'no-cache');
      res.redirect(status, `${base}/${encodeURIComponent(group.slug)}${rest}`);
    };
  };
  const [page, record] = [redirect(paths.groups), redirect(paths.api.groups)];
  router.use(`${paths.groups}/:slug`, page);
  router.use(`${paths.api.groups}/:slug`, openToAll, record);
  return router;
}
