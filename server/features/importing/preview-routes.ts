// The preview of a list, the decisions about its rows, and accepting it.
import { type RequestHandler, type Response, Router } from 'express';
import { toSlug } from '../../domain/slug.ts';
import { conflict } from '../../errors.ts';
import type { Preview } from '../../import/runs/rows-file.ts';
import { importBatchPath, paths, uploadPath } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { readCities } from '../../store/cities.ts';
import { findBatch } from '../../store/import-batches.ts';
import {
  acceptUpload,
  countDecisions,
  findUpload,
  findUploadOf,
  type ImportUpload,
  keepDecisions,
  readDecisions,
  reopenUpload,
  setUsual,
} from '../../store/import-uploads.ts';
import type { Store } from '../../store/store.ts';
import { staffOnly, viewerOf } from '../../web/access.ts';
import { formBody } from '../../web/form-body.ts';
import { sendPage } from '../../web/render.ts';
import { acceptPage } from './confirm-page.ts';
import { openUploadOf } from './find-upload.ts';
import { parseRows, textOf } from './form.ts';
import {
  parseRowsQuery,
  previewAddress,
  previewPage,
  readRows,
  waitingPage,
} from './preview-page.ts';

const form = formBody('512kb', 2_000);

export function previewRoutes(services: Services): Router {
  const router = Router();
  const { staff } = paths;
  router.get(staff.upload, staffOnly, showPreview(services));
  router.post(staff.uploadRows, staffOnly, form, saveRows(services));
  router.get(staff.acceptUpload, staffOnly, askToAccept(services));
  router.post(staff.acceptUpload, staffOnly, form, accept(services));
  return router;
}

/** Undefined where something else is answered: that it is being made, or cannot be. */
async function previewOf(
  { imports }: Services,
  upload: ImportUpload,
  res: Response,
): Promise<Preview | undefined> {
  if (!upload.settled) {
    res.redirect(303, uploadPath(upload.id, 'columns'));
    return undefined;
  }
  const previewed = await imports.preview(upload);
  if (previewed.kind === 'ready') return previewed.preview;
  if (previewed.kind === 'refused') throw conflict(previewed.message);
  res.set('refresh', '2');
  sendPage(res, 'importing/waiting', waitingPage(upload));
  return undefined;
}

const notices: Readonly<Record<string, string>> = {
  saved: 'What you decided is saved. Nothing is written to the directory yet.',
  changed:
    'The directory changed meanwhile, so the list was compared again. Look at it, then accept it.',
};

function showPreview(services: Services): RequestHandler {
  return async (req, res) => {
    const upload = await openUploadOf(services, req, res);
    const preview = upload && (await previewOf(services, upload, res));
    if (!upload || !preview) return;
    const query = parseRowsQuery(req.query);
    const { rows, fitting } = await readRows(preview, query);
    const keys = rows.map(({ key }) => key);
    const decisions = await readDecisions(services.store, upload.id, keys);
    const done = String(req.query['done'] ?? '');
    const notice = Object.hasOwn(notices, done) ? String(notices[done]) : '';
    const directory = services.directory.current();
    const parts = { directory, upload, preview, query, decisions, rows, fitting, notice };
    sendPage(res, 'importing/preview', previewPage({ ...parts, errors: [] }));
  };
}

function saveRows(services: Services): RequestHandler {
  const { store, places, directory } = services;
  return async (req, res) => {
    const upload = await openUploadOf(services, req, res);
    if (!upload) return;
    const query = parseRowsQuery(req.body);
    const usual = textOf(req.body, 'usual');
    if (usual !== '') {
      await setUsual(store, upload.id, usual === 'proposed' ? 'proposed' : 'safe');
      res.redirect(303, previewAddress(upload.id, query, 'saved'));
      return;
    }
    const reading = { places, readCities: () => readCities(store) };
    const { decisions, errors } = await parseRows(req.body, upload.usual, reading);
    if (errors.length === 0) {
      await keepDecisions(store, upload.id, decisions, viewerOf(res)?.id ?? null);
      res.redirect(303, previewAddress(upload.id, query, 'saved'));
      return;
    }
    const preview = await previewOf(services, upload, res);
    if (!preview) return;
    const { rows, fitting } = await readRows(preview, query);
    const parts = { upload, preview, query, decisions, rows, fitting, notice: '', errors };
    const page = previewPage({ ...parts, directory: directory.current() });
    sendPage(res, 'importing/preview', page, 422);
  };
}

function askToAccept(services: Services): RequestHandler {
  return async (req, res) => {
    const upload = await openUploadOf(services, req, res);
    const preview = upload && (await previewOf(services, upload, res));
    if (!upload || !preview) return;
    const decided = await countDecisions(services.store, upload.id);
    sendPage(res, 'importing/confirm', acceptPage(upload, preview, decided));
  };
}

function accept(services: Services): RequestHandler {
  const { store, directory, imports } = services;
  return async (req, res) => {
    const upload = await openUploadOf(services, req, res);
    if (!upload) return;
    // What was looked at is what is accepted: otherwise it is shown once more.
    if (!upload.settled || Number(textOf(req.body, 'revision')) < directory.current().revision) {
      res.redirect(303, previewAddress(upload.id, { filter: null, page: 1 }, 'changed'));
      return;
    }
    const batch = await nameFor(store, upload.fileName);
    const by = viewerOf(res)?.id ?? null;
    if (!(await acceptUpload(store, upload.id, { batch, by }))) {
      throw conflict('Somebody accepted or dropped this list meanwhile.');
    }
    const accepted = await findUpload(store, upload.id);
    if (!accepted) throw conflict('Somebody dropped this list meanwhile.');
    if (await isTakenTwice(store, accepted)) {
      await reopenUpload(store, upload.id, 'Two lists were accepted at once. Accept it again.');
      throw conflict('Another list of this name was accepted at the same moment. Accept it again.');
    }
    imports.accept(accepted);
    res.redirect(303, importBatchPath(batch));
  };
}

/** After the file's name; no import and no accepted upload has it. */
async function nameFor(store: Store, fileName: string): Promise<string> {
  const stem = (toSlug(fileName.replace(/\.[a-z]+$/i, '')) || 'import').slice(0, 60);
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? stem : `${stem}-${number}`;
    if (!(await findBatch(store, name)) && !(await findUploadOf(store, name))) return name;
  }
}

const isTakenTwice = async (store: Store, { id, batch }: ImportUpload): Promise<boolean> => {
  const first = await findUploadOf(store, String(batch));
  return first !== undefined && first.id !== id;
};
