// The pages that explain: what the directory is and by which rules, and how to take its data along.
import { Router } from 'express';
import { listSnapshots } from '../../exports/snapshots.ts';
import { paths } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { viewerOf } from '../../web/access.ts';
import { sendPage } from '../../web/render.ts';
import { aboutPage } from './about-page.ts';
import { dataPage } from './data-page.ts';

export function pageRoutes(services: Services): Router {
  const router = Router();

  router.get(paths.about, (_req, res) => {
    sendPage(res, 'pages/about', aboutPage(services.directory.current(), services.config));
  });

  router.get(paths.data, async (_req, res) => {
    const snapshots = await listSnapshots(services.config);
    const isStaff = viewerOf(res)?.staff ?? false;
    const { publicUrl } = services.config;
    sendPage(
      res,
      'pages/data',
      dataPage(services.directory.current(), publicUrl, snapshots, isStaff),
    );
  });

  return router;
}
