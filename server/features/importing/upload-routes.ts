// Uploading a list, saying what it holds, and dropping it.
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { isUsable, parseMapping } from '../../import/read/columns.ts';
import type { FileFacts } from '../../import/runs/tasks.ts';
import { removeFiles, removePreviews } from '../../import/runs/upload-files.ts';
import { paths, uploadPath, withQuery } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { readBatches } from '../../store/import-batches.ts';
import {
  addUpload,
  type ImportUpload,
  readUploads,
  removeUpload,
  settleUpload,
} from '../../store/import-uploads.ts';
import { readPeople } from '../../store/people.ts';
import { staffOnly, viewerOf } from '../../web/access.ts';
import { formBody } from '../../web/form-body.ts';
import type { FieldError } from '../../web/form-fields.ts';
import { sendPage } from '../../web/render.ts';
import { columnsPage } from './columns-page.ts';
import { dropPage } from './confirm-page.ts';
import { openUploadOf } from './find-upload.ts';
import { checkList, parseColumns, parseList } from './form.ts';
import { listPage } from './list-page.ts';
import { takeFile, takenOf } from './upload.ts';

const form = formBody('64kb');
const mostShown = 500;

export function uploadRoutes(services: Services): Router {
  const router = Router();
  const { staff } = paths;
  const take = takeFile(services.imports.folder);

  router.get(staff.imports, staffOnly, (req, res) => showImports(services, req, res));
  router.post(staff.imports, staffOnly, take, receive(services));
  router.get(staff.uploadColumns, staffOnly, showColumns(services));
  router.post(staff.uploadColumns, staffOnly, form, saveColumns(services));
  router.get(staff.dropUpload, staffOnly, askToDrop(services));
  router.post(staff.dropUpload, staffOnly, drop(services));
  return router;
}

async function showImports(
  { store }: Services,
  req: Request,
  res: Response,
  errors: readonly FieldError[] = [],
): Promise<void> {
  const [uploads, batches, people] = await Promise.all([
    readUploads(store),
    readBatches(store, mostShown, 'import'),
    readPeople(store),
  ]);
  const notice = req.query['done'] === 'dropped' ? 'The list is dropped.' : '';
  const list = parseList(req.body);
  const parts = { uploads, batches, people, raw: req.query, notice, list, errors };
  sendPage(res, 'importing/list', listPage(parts), errors.length > 0 ? 422 : 200);
}

function receive(services: Services): RequestHandler {
  const { imports, store, clock } = services;
  return async (req, res) => {
    const file = takenOf(req);
    const refuse = async (message: string): Promise<void> => {
      if (file) await removeFiles(imports.folder, file.id);
      await showImports(services, req, res, [{ field: 'file', message }]);
    };
    const refused = res.locals['refusedUpload'] as string | undefined;
    if (refused !== undefined) return refuse(refused);
    if (!file) return refuse('Choose a file');
    const { id, fileName } = file;
    const outcome = await imports.read(id, fileName);
    if (outcome.kind === 'refused') return refuse(`${fileName} is refused. ${outcome.message}`);
    if (outcome.kind !== 'read') return refuse('The site is just being stopped. Try again soon.');
    const upload = toUpload(outcome.facts, parseList(req.body), {
      ...file,
      by: viewerOf(res)?.id ?? null,
      at: clock().toISOString(),
    });
    await addUpload(store, upload);
    res.redirect(303, uploadPath(id, upload.settled ? undefined : 'columns'));
  };
}

type Given = Pick<ImportUpload, 'id' | 'fileName' | 'by' | 'at'>;

function toUpload(facts: FileFacts, typed: ImportUpload['list'], given: Given): ImportUpload {
  const isOurs = facts.format.startsWith('our-');
  const list = isOurs
    ? facts.list
    : { name: typed.name || facts.list.name, date: typed.date || facts.list.date };
  const isKnownForm = !['csv', 'json', 'geojson'].includes(facts.format);
  return {
    ...facts,
    ...given,
    list,
    settled: isOurs || (isKnownForm && checkList(list).length === 0),
    state: 'open',
    counts: null,
    usual: 'safe',
    batch: null,
    trouble: '',
  };
}

function showColumns(services: Services): RequestHandler {
  return async (req, res) => {
    const upload = await openUploadOf(services, req, res);
    if (upload) sendPage(res, 'importing/columns', columnsPage(upload, upload, []));
  };
}

function saveColumns(services: Services): RequestHandler {
  const { store, imports } = services;
  return async (req, res) => {
    const upload = await openUploadOf(services, req, res);
    if (!upload) return;
    const list = parseList(req.body);
    const mapping = parseColumns(req.body, upload.columns.length);
    const errors = [...checkList(list), ...checkColumns(upload, mapping)];
    if (errors.length > 0) {
      sendPage(res, 'importing/columns', columnsPage(upload, { list, mapping }, errors), 422);
      return;
    }
    await settleUpload(store, upload.id, { list, mapping });
    await removePreviews(imports.folder, upload.id);
    res.redirect(303, uploadPath(upload.id));
  };
}

function checkColumns(upload: ImportUpload, typed: readonly string[]): readonly FieldError[] {
  const mapping = parseMapping({ ...upload, rows: [] }, typed);
  if (mapping && isUsable(mapping)) return [];
  return [{ field: 'column-0', message: 'Say which column holds the name, or the city' }];
}

function askToDrop(services: Services): RequestHandler {
  return async (req, res) => {
    const upload = await openUploadOf(services, req, res);
    if (upload) sendPage(res, 'importing/confirm', dropPage(upload));
  };
}

function drop(services: Services): RequestHandler {
  const { store, imports } = services;
  return async (req, res) => {
    const upload = await openUploadOf(services, req, res);
    if (!upload) return;
    await removeUpload(store, upload.id);
    await removeFiles(imports.folder, upload.id);
    res.redirect(303, withQuery(paths.staff.imports, { done: 'dropped' }));
  };
}
