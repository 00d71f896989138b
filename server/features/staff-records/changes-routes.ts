// Reading the change log, and taking one change back. Staff only.
import { type Request, type RequestHandler, Router } from 'express';
import { judgeTakingBack, takeBack } from '../../changes/take-back.ts';
import type { Change } from '../../domain/records.ts';
import { conflict, notFound } from '../../errors.ts';
import { paths, withQuery } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { countChanges, findChange, readChanges } from '../../store/changes.ts';
import { readPeople } from '../../store/people.ts';
import { staffOnly } from '../../web/access.ts';
import { formWriter } from '../../web/form-writer.ts';
import { pageSize } from '../../web/list.ts';
import { sendPage } from '../../web/render.ts';
import { changesPage, mostCounted, takeBackPage } from './changes-page.ts';
import { parseChangesQuery } from './changes-query.ts';

export function changesRoutes(services: Services): Router {
  const router = Router();
  const { staff } = paths;

  router.get(staff.changes, staffOnly, showChanges(services));
  router.get(staff.takeBackChange, staffOnly, showChange(services));
  router.post(staff.takeBackChange, staffOnly, takeChangeBack(services));
  return router;
}

function showChanges({ directory, store }: Services): RequestHandler {
  return async (req, res) => {
    const { filter: asked, values, page } = parseChangesQuery(req.query);
    const group =
      asked.record === 'group' && asked.slug && directory.current().findGroup(asked.slug);
    const filter = group ? { ...asked, mergedSlugs: group.previousSlugs } : asked;
    const skip = (page - 1) * pageSize;
    const [people, fitting, changes] = await Promise.all([
      readPeople(store),
      countChanges(store, filter, mostCounted + 1),
      readChanges(store, { ...filter, limit: pageSize + 1, skip }),
    ]);
    if (page > 1 && changes.length === 0) {
      throw notFound(`There is no page ${page} of these changes.`);
    }
    const notice = req.query['done'] === 'taken-back' ? 'The change is taken back.' : '';
    const now = directory.current();
    const parts = { directory: now, people, changes, fitting, values, page, notice };
    sendPage(res, 'staff-records/changes', changesPage(parts));
  };
}

async function changeOf({ store }: Services, req: Request): Promise<Change> {
  const change = await findChange(store, String(req.params['id']));
  if (!change) throw notFound('The log has no change of this identifier.');
  return change;
}

function showChange(services: Services): RequestHandler {
  return async (req, res) => {
    const change = await changeOf(services, req);
    const [people, judgement] = await Promise.all([
      readPeople(services.store),
      judgeTakingBack(services.store, change),
    ]);
    const page = takeBackPage(services.directory.current(), people, change, judgement);
    sendPage(res, 'staff-records/take-back', page);
  };
}

function takeChangeBack(services: Services): RequestHandler {
  return async (req, res) => {
    const change = await changeOf(services, req);
    const judgement = await takeBack(services, change, formWriter(services, res));
    if (!judgement.can) throw conflict(judgement.reason);
    const { record, slug } = change;
    res.redirect(303, withQuery(paths.staff.changes, { record, slug, done: 'taken-back' }));
  };
}
