// Importing a list: upload, preview, decide, accept, undo. Staff only.
import { Router } from 'express';
import type { Services } from '../../services.ts';
import { batchRoutes } from './batch-routes.ts';
import { previewRoutes } from './preview-routes.ts';
import { uploadRoutes } from './upload-routes.ts';

export function importingRoutes(services: Services): Router {
  const router = Router();
  // A name of an import follows `batches`, which is no upload's.
  router.use(batchRoutes(services));
  router.use(uploadRoutes(services));
  router.use(previewRoutes(services));
  return router;
}
