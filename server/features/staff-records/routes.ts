// What only staff keep: the people who may sign in, and the change log.
import { Router } from 'express';
import { paths } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { staffOnly } from '../../web/access.ts';
import { sendPage } from '../../web/render.ts';
import { changesRoutes } from './changes-routes.ts';
import { checksPage } from './checks-page.ts';
import { peopleRoutes } from './people-routes.ts';

export function staffRecordRoutes(services: Services): Router {
  const router = Router();
  router.use(peopleRoutes(services));
  router.use(changesRoutes(services));
  router.get(paths.staff.checks, staffOnly, (req, res) => {
    sendPage(res, 'staff-records/checks', checksPage(services.directory.current(), req.query));
  });
  return router;
}
