// What only staff keep: the people who may sign in, and the change log.
import { Router } from 'express';
import type { Services } from '../../services.ts';
import { changesRoutes } from './changes-routes.ts';
import { peopleRoutes } from './people-routes.ts';

export function staffRecordRoutes(services: Services): Router {
  const router = Router();
  router.use(peopleRoutes(services));
  router.use(changesRoutes(services));
  return router;
}
