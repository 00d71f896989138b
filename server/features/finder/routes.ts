// Home and find: the map with its legend and list, and the answer to "which group is near me".
import { Router } from 'express';
import { parseCityFilter } from '../../directory/filters.ts';
import { paths } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { closestZoom } from '../../web/map-view.ts';
import { sendPage, sendShared } from '../../web/render.ts';
import { answerFind } from './answer.ts';
import { findPage } from './find-page.ts';
import { homePage } from './home-page.ts';
import { citiesForMap, citiesForMapPath } from './map-cities.ts';
import { listForMap, marksForMap, parseMapView } from './map-groups.ts';
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

  const marksOf = marksForMap(closestZoom(tiles));
  router.get(paths.mapGroups, (req, res) => {
    const directory = services.directory.current();
    const view = parseMapView(req.query);
    sendShared(res, directory, {
      type: 'application/json',
      body: view ? marksOf(directory, view) : listForMap(directory, marksOf),
      canonical: paths.mapGroups,
    });
  });

  router.get(paths.mapCities, (req, res) => {
    const directory = services.directory.current();
    const { filter } = parseCityFilter(req.query, 'all');
    sendShared(res, directory, {
      type: 'application/json',
      body: citiesForMap(directory, filter),
      canonical: citiesForMapPath(filter),
    });
  });

  return router;
}
