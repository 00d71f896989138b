// The API, version 1: one route for each operation of the table, read only, open to every site.
import { type Request, Router } from 'express';
import { inTurns } from '../../directory/steps.ts';
import { notFound } from '../../errors.ts';
import { paths } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { methods, openToAll } from '../../web/open-to-all.ts';
import { problem } from './answer.ts';
import { makeOperations } from './operations.ts';
import { toRawQuery } from './query.ts';
import { canonicalOf, sendAnswer } from './send-answer.ts';

/** The query as it came, whatever Express makes of it: brackets and repeated names stay what they are. */
function searchOf(req: Request): URLSearchParams {
  const start = req.originalUrl.indexOf('?');
  return new URLSearchParams(start === -1 ? '' : req.originalUrl.slice(start));
}

export function apiRoutes(services: Services): Router {
  const router = Router();
  const { publicUrl } = services.config;
  router.use('/api', openToAll);

  for (const operation of makeOperations(publicUrl)) {
    const names = Object.keys(operation.query.shape);
    const route = router.route(operation.path.replace('{slug}', ':slug'));

    route.get(async (req, res) => {
      const directory = services.directory.current();
      const raw = toRawQuery(searchOf(req));
      const slug = String(req.params['slug'] ?? '');
      const { places } = services;
      const call = { directory, places, publicUrl, address: req.originalUrl, raw, slug };
      if (operation.prepare) await inTurns(operation.prepare(call));
      const answer = operation.answer(call);
      const path = operation.path.replace('{slug}', encodeURIComponent(slug));
      sendAnswer(res, directory, answer, canonicalOf(path, names, raw));
    });

    route.all((req, res) => {
      const detail = `The API is read only: it does not take ${req.method}.`;
      const answer = problem({ status: 405, detail }, req.originalUrl, { allow: methods });
      sendAnswer(res, services.directory.current(), answer, operation.path);
    });
  }

  router.use(paths.api.root, () => {
    throw notFound(
      `There is nothing at this address of the API. ${paths.api.root} lists what it has.`,
    );
  });
  return router;
}
