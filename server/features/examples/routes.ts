// Documented examples of working together, and the events where it begins: how they are written and kept.
// Their public pages belong to the collaborating feature.
import { Router } from 'express';
import type { Services } from '../../services.ts';
import { collaborationRoutes } from './collaboration-routes.ts';
import { conveningRoutes } from './convening-routes.ts';

export function exampleRoutes(services: Services): Router {
  const router = Router();
  router.use(collaborationRoutes(services));
  router.use(conveningRoutes(services));
  return router;
}
