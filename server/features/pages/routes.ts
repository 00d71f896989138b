// The pages that explain: what the directory is and by which rules, and how to take its data along.
import { Router } from 'express';
import { paths } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { sendPage } from '../../web/render.ts';
import { aboutPage } from './about-page.ts';
import { dataPage } from './data-page.ts';

export function pageRoutes(services: Services): Router {
  const router = Router();

  router.get(paths.about, (_req, res) => {
    sendPage(res, 'pages/about', aboutPage(services.directory.current(), services.config));
  });

  router.get(paths.data, (_req, res) => {
    sendPage(res, 'pages/data', dataPage(services.directory.current(), services.config.publicUrl));
  });

  return router;
}
