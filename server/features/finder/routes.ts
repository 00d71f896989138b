// Home and find: the map with its legend and list, and the answer to "which group is near me".
import { Router } from 'express';
import { parseCityFilter } from '../../directory/filters.ts';
import { paths } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { sendPage } from '../../web/render.ts';
import { answerFind } from './answer.ts';
import { findPage } from './find-page.ts';
import { homePage } from './home-page.ts';
import { parseFindQuery } from './query.ts';

export function finderRoutes(services: Services): Router {
  const router = Router();
  const { tiles, publicUrl } = services.config;

  router.get(paths.home, (req, res) => {
    const directory = services.directory.current();
    const { filter } = parseCityFilter(req.query);
    sendPage(res, 'finder/home', homePage(directory, filter, { tiles, publicUrl }));
  });

  router.get(paths.find, (req, res) => {
    const directory = services.directory.current();
    const query = parseFindQuery(req.query);
    const answer = answerFind(directory, services.places, query);
    const status = answer.kind === 'unknown' ? 404 : 200;
    sendPage(res, 'finder/find', findPage(directory, query, answer, { tiles, publicUrl }), status);
  });

  return router;
}
