// An import that was accepted: its progress, its outcome, and taking it back.
import { type Request, type RequestHandler, Router } from 'express';
import { conflict, notFound } from '../../errors.ts';
import { importBatchPath, paths } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { findBatch, type ImportBatch } from '../../store/import-batches.ts';
import { findUploadOf } from '../../store/import-uploads.ts';
import { readPeople } from '../../store/people.ts';
import { staffOnly } from '../../web/access.ts';
import { sendPage } from '../../web/render.ts';
import { batchPage, plannedPage } from './batch-page.ts';
import { undoPage } from './confirm-page.ts';

/** How often a page of something under way looks again, seconds; a header does it, so no script is needed. */
const again = '2';

export function batchRoutes(services: Services): Router {
  const router = Router();
  const { staff } = paths;
  router.get(staff.importBatch, staffOnly, showBatch(services));
  router.post(staff.importBatch, staffOnly, goOn(services));
  router.get(staff.undoImport, staffOnly, askToUndo(services));
  router.post(staff.undoImport, staffOnly, undo(services));
  return router;
}

const nameOf = (req: Request): string => String(req.params['batch']);

async function batchOf({ store }: Services, req: Request): Promise<ImportBatch> {
  const batch = await findBatch(store, nameOf(req));
  if (!batch) throw notFound('There is no import of this name.');
  return batch;
}

function showBatch(services: Services): RequestHandler {
  const { store, directory, imports } = services;
  return async (req, res) => {
    const name = nameOf(req);
    const [batch, upload, people] = await Promise.all([
      findBatch(store, name),
      findUploadOf(store, name),
      readPeople(store),
    ]);
    if (!batch && !upload) {
      throw notFound(
        'There is no import of this name. If it could not be applied, its list waits.',
      );
    }
    const page = batch
      ? batchPage(batch, {
          directory: directory.current(),
          people,
          isWorkedOn: imports.isWorkingOn(name),
        })
      : plannedPage(name, upload?.fileName ?? '');
    if (page.progress) res.set('refresh', again);
    sendPage(res, 'importing/batch', page);
  };
}

/** Takes up what was cut off; where somebody works on it already, nothing comes of it. */
function goOn(services: Services): RequestHandler {
  return async (req, res) => {
    const { name, state } = await batchOf(services, req);
    if (state === 'undoing') services.imports.undo(name);
    else if (state !== 'done' && state !== 'undone') services.imports.goOn(name);
    res.redirect(303, importBatchPath(name));
  };
}

function askToUndo(services: Services): RequestHandler {
  return async (req, res) => {
    sendPage(res, 'importing/confirm', undoPage(await batchOf(services, req)));
  };
}

function undo(services: Services): RequestHandler {
  return async (req, res) => {
    const { name, title, state } = await batchOf(services, req);
    if (state === 'undone') throw conflict(`${title} is undone already.`);
    services.imports.undo(name);
    res.redirect(303, importBatchPath(name));
  };
}
